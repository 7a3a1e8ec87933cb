/* The loops of loops.py in C, one pass each; there it is said what each takes and gives.

   Every number is checked against the array that it points into: of a damaged file comes ValueError, never a crash. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

enum {
    AT_ONCE = 8,           /* so many codes are copied at once, whether a record has them or not */
    BLOCK = 16,            /* so many sums are passed over at once where all are 0 */
    CHUNK = 512,           /* so many codes are read before they are counted: they stay in the processor's first cache */
    AHEAD = 12,            /* so far ahead memory is asked for: what records point at lies anywhere */
    MOST_DOCUMENTS = 65536, /* a segment's, as in arrays.py */
    VERSION = 2             /* as in loops.py */
};

#if defined(__GNUC__) || defined(__clang__)
#define ASK_FOR(address) __builtin_prefetch(address)
#else
#define ASK_FOR(address) ((void)0)
#endif

typedef struct {
    Py_buffer view;
    const char *at;
    int64_t length, stride;
    int width;
} Array;

/* What an argument may be: i and c whole numbers of 1, 2, 4 or 8 bytes; k of 1, 2 or 4; n of 8; u of 4; m of 1, or
   bools; f floats of 4 bytes. A capital is written to. All but i lie close. */
static int open_array(PyObject *object, char kind, Array *array)
{
    int is_written = kind < 'a', wanted = kind | 0x20;
    if (PyObject_GetBuffer(object, &array->view, is_written ? PyBUF_STRIDED : PyBUF_STRIDED_RO) < 0)
        return -1;
    const Py_buffer *view = &array->view; /* without its format, which takes longer to make than all the rest */
    const int width = (int)view->itemsize, dimensions = view->ndim;
    int fits = width == 1 || width == 2 || width == 4 || width == 8;
    switch (wanted) {
    case 'k': fits = fits && width < 8; break;
    case 'n': fits = width == 8; break;
    case 'm': fits = width == 1; break;
    case 'f':
    case 'u': fits = width == 4;
    }
    if (!fits || dimensions != 1 || (wanted != 'i' && view->shape[0] > 1 && view->strides[0] != width)) {
        PyErr_Format(PyExc_TypeError, "an array of %d dimensions and %d bytes an item does not fit", dimensions, width);
        PyBuffer_Release(&array->view);
        return -1;
    }
    array->at = view->buf;
    array->length = view->shape[0];
    array->stride = view->strides[0];
    array->width = width;
    return 0;
}

static void close_all(Array *arrays, int number)
{
    while (number--)
        PyBuffer_Release(&arrays[number].view);
}

static int open_all(PyObject *const *given, Py_ssize_t number, const char *kinds, Array *arrays)
{
    if (number != (Py_ssize_t)strlen(kinds)) {
        PyErr_Format(PyExc_TypeError, "%zd arrays where %zu are asked for", number, strlen(kinds));
        return -1;
    }
    for (int i = 0; i < number; i++)
        if (open_array(given[i], kinds[i], &arrays[i]) < 0) {
            close_all(arrays, i);
            return -1;
        }
    return 0;
}

/* Close the arrays; None, or ValueError where a number did not fit, or the error that is set already: -1. */
static PyObject *done(Array *arrays, int number, int is_damaged)
{
    close_all(arrays, number);
    if (is_damaged < 0)
        return NULL;
    if (is_damaged) {
        PyErr_SetString(PyExc_ValueError, "a number is out of bounds");
        return NULL;
    }
    Py_RETURN_NONE;
}

static inline int64_t value(const Array *array, int64_t i)
{
    const char *at = array->at + i * array->stride;
    switch (array->width) {
    case 1: return *(const uint8_t *)at;
    case 2: return *(const uint16_t *)at;
    case 4: return *(const uint32_t *)at;
    default: return *(const int64_t *)at;
    }
}

#define BY_WIDTH(array, LOOP)                                                                                          \
    switch ((array)->width) {                                                                                          \
    case 1: LOOP(uint8_t) break;                                                                                       \
    case 2: LOOP(uint16_t) break;                                                                                      \
    case 4: LOOP(uint32_t) break;                                                                                      \
    default: LOOP(int64_t)                                                                                             \
    }

/* Where the first value stands that is not below the wanted one, from a place on: by leaps that double. */
static int64_t first_not_below(const Array *array, int64_t from, int64_t wanted)
{
    int64_t low = from, leap = 1, high;
    while (low + leap - 1 < array->length && value(array, low + leap - 1) < wanted) {
        low += leap;
        leap *= 2;
    }
    high = low + leap - 1 < array->length ? low + leap - 1 : array->length;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (value(array, middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where a wanted number stands, or -1; the search goes on from where the last one ended, if the number is no smaller. */
static int64_t find(const Array *array, int64_t wanted, int64_t *last, int64_t *place)
{
    if (wanted < 0)
        return -1;
    if (wanted < *last)
        *place = 0;
    *last = wanted;
    *place = first_not_below(array, *place, wanted);
    return *place < array->length && value(array, *place) == wanted ? *place : -1;
}

/* The codes of some records, a chunk at a time, and beside each the place of its record among them. */
typedef struct {
    const Array *numbers, *ends, *codes;
    int64_t next, done; /* the place of the record that comes next, and how many of its codes were read already */
    int64_t found[CHUNK];
    int64_t *places; /* as many as found, or NULL where nobody asks for them */
} Codes;

static void open_codes(Codes *codes, const Array *numbers_ends_codes, int64_t *places)
{
    codes->numbers = numbers_ends_codes;
    codes->ends = numbers_ends_codes + 1;
    codes->codes = numbers_ends_codes + 2;
    codes->next = codes->done = 0;
    codes->places = places;
}

/* Read the next chunk: how many codes it has, 0 behind the last, -1 where a record cannot be there.

   Eight codes are copied at once, of which the next record's overwrite what was too many: how many a record has is hard
   to foretell, and a branch that was foretold wrongly takes longer than all eight. */
static int64_t next_codes(Codes *codes)
{
    const int64_t *numbers = (const int64_t *)codes->numbers->at, number = codes->numbers->length;
    const uint64_t records = codes->ends->length ? (uint64_t)codes->ends->length - 1 : 0;
    const int64_t length = codes->codes->length;
    int64_t there = 0, next = codes->next, *places = codes->places;
#define READ(E, T)                                                                                                     \
    {                                                                                                                  \
        const E *ends = (const E *)codes->ends->at;                                                                    \
        const T *from = (const T *)codes->codes->at;                                                                   \
        for (; next < number && there <= CHUNK - AT_ONCE; next++) {                                                    \
            const uint64_t record = (uint64_t)numbers[next];                                                           \
            if (next + AHEAD < number && (uint64_t)numbers[next + AHEAD] < records) {                                  \
                const uint64_t later = (uint64_t)numbers[next + AHEAD / 2];                                            \
                ASK_FOR(ends + numbers[next + AHEAD]);                                                                 \
                if (later < records && (uint64_t)ends[later] < (uint64_t)length)                                       \
                    ASK_FOR(from + ends[later]);                                                                       \
            }                                                                                                          \
            if (record >= records)                                                                                     \
                return -1;                                                                                             \
            const int64_t start = (int64_t)ends[record] + codes->done, stop = (int64_t)ends[record + 1];               \
            if (start < 0 || stop < start || stop > length)                                                            \
                return -1;                                                                                             \
            if (start + AT_ONCE <= length && stop - start <= AT_ONCE) {                                                \
                for (int i = 0; i < AT_ONCE; i++)                                                                      \
                    codes->found[there + i] = (int64_t)from[start + i];                                                \
                for (int i = 0; places && i < AT_ONCE; i++)                                                            \
                    places[there + i] = next;                                                                          \
                there += stop - start;                                                                                 \
                codes->done = 0;                                                                                       \
                continue;                                                                                              \
            }                                                                                                          \
            int64_t at = start;                                                                                        \
            for (; at < stop && there < CHUNK; at++, there++) {                                                        \
                codes->found[there] = (int64_t)from[at];                                                               \
                if (places)                                                                                            \
                    places[there] = next;                                                                              \
            }                                                                                                          \
            codes->done = at < stop ? codes->done + at - start : 0;                                                    \
            if (at < stop)                                                                                             \
                break;                                                                                                 \
        }                                                                                                              \
    }
#define READ_CODES(E)                                                                                                  \
    switch (codes->codes->width) {                                                                                     \
    case 1: READ(E, uint8_t) break;                                                                                    \
    case 2: READ(E, uint16_t) break;                                                                                   \
    default: READ(E, uint32_t)                                                                                         \
    }
    BY_WIDTH(codes->ends, READ_CODES)
    codes->next = next;
    return there;
}

/* numbers, ends, codes, tallied */
static PyObject *tally(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[4];
    if (open_all(given, number, "nckU", a) < 0)
        return NULL;
    uint32_t *tallied = (uint32_t *)a[3].at;
    int64_t n;
    Codes codes;
    open_codes(&codes, a, NULL);
    int is_damaged = 0;
    while (!is_damaged && (n = next_codes(&codes)) != 0) {
        is_damaged = n < 0;
        for (int64_t i = 0; i < n; i++) {
            if ((uint64_t)codes.found[i] >= (uint64_t)a[3].length) {
                is_damaged = 1;
                break;
            }
            tallied[codes.found[i]]++;
        }
    }
    return done(a, 4, is_damaged);
}

/* numbers, ends, codes, wanted, records, found: how many there are */
static PyObject *pairs(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[6];
    if (open_all(given, number, "nckmNN", a) < 0)
        return NULL;
    const int64_t *numbers = (const int64_t *)a[0].at;
    const uint8_t *wanted = (const uint8_t *)a[3].at;
    const int64_t room = a[4].length < a[5].length ? a[4].length : a[5].length;
    int64_t *records = (int64_t *)a[4].at, *found = (int64_t *)a[5].at, there = 0, n, places[CHUNK], kept[CHUNK];
    Codes codes;
    open_codes(&codes, a, places);
    int is_damaged = 0;
    while (!is_damaged && (n = next_codes(&codes)) != 0) {
        int64_t number_kept = 0;
        is_damaged = n < 0;
        for (int64_t i = 0; i < n && !is_damaged; i++) { /* without a branch that is hard to foretell */
            is_damaged = (uint64_t)codes.found[i] >= (uint64_t)a[3].length;
            kept[number_kept] = i;
            number_kept += !is_damaged && wanted[codes.found[i]];
        }
        is_damaged = is_damaged || number_kept > room - there;
        for (int64_t i = 0; i < number_kept && !is_damaged; i++, there++) {
            records[there] = numbers[places[kept[i]]];
            found[there] = codes.found[kept[i]];
        }
    }
    PyObject *nothing = done(a, 6, is_damaged);
    if (!nothing)
        return NULL;
    Py_DECREF(nothing);
    return PyLong_FromLongLong(there);
}

/* Put the count at a place into a heap whose least stands first, at a number of it or below. Of equal counts the later
   place is the lesser one. */
#define IS_BELOW(x, y) (counts[x] < counts[y] || (counts[x] == counts[y] && (x) > (y)))
static void sink(const uint32_t *counts, int64_t *heap, int64_t size, int64_t at, int64_t place)
{
    int64_t child;
    for (; (child = 2 * at + 1) < size; at = child) {
        child += child + 1 < size && IS_BELOW(heap[child + 1], heap[child]);
        if (!IS_BELOW(heap[child], place))
            break;
        heap[at] = heap[child];
    }
    heap[at] = place;
}

/* counts, places: how many counts are not 0. The places that are kept are a heap, and in order at last. */
static PyObject *greatest(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[2];
    if (open_all(given, number, "uN", a) < 0)
        return NULL;
    const uint32_t *counts = (const uint32_t *)a[0].at;
    const int64_t most = a[1].length;
    int64_t *heap = (int64_t *)a[1].at, kept = 0, there = 0;
    uint32_t least = most ? 0 : UINT32_MAX;
    for (int64_t i = 0; i < a[0].length; i++) {
        there += counts[i] != 0;
        if (counts[i] <= least) /* as most are, once the heap is full */
            continue;
        if (kept < most) { /* up from the end */
            int64_t at = kept++;
            for (; at && IS_BELOW(i, heap[(at - 1) / 2]); at = (at - 1) / 2)
                heap[at] = heap[(at - 1) / 2];
            heap[at] = i;
        } else
            sink(counts, heap, kept, 0, i);
        least = kept < most ? 0 : counts[heap[0]];
    }
    while (kept > 1) { /* the least to the end */
        const int64_t last = heap[--kept];
        heap[kept] = heap[0];
        sink(counts, heap, kept, 0, last);
    }
    close_all(a, 2);
    return PyLong_FromLongLong(there);
}

/* The lists of a term, one after another. */
typedef struct {
    PyObject *lists;
    Py_ssize_t next;
    int64_t first;
    Array documents, frequencies;
} Lists;

/* Whether there is one more that can have any of the records asked for; -1 where it cannot be read. */
static int next_list(Lists *lists, const Array *asked)
{
    while (lists->next < PyList_GET_SIZE(lists->lists)) {
        PyObject *item = PyList_GET_ITEM(lists->lists, lists->next++);
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 3) {
            PyErr_SetString(PyExc_TypeError, "a list is no tuple of three");
            return -1;
        }
        lists->first = PyLong_AsLongLong(PyTuple_GET_ITEM(item, 0));
        if (lists->first == -1 && PyErr_Occurred())
            return -1;
        if (open_array(PyTuple_GET_ITEM(item, 1), 'c', &lists->documents) < 0)
            return -1;
        int is_asked = !asked || lists->documents.width > 2;
        for (int64_t i = 0; !is_asked && i < asked->length; i++)
            is_asked = (uint64_t)(value(asked, i) - lists->first) < MOST_DOCUMENTS;
        if (!is_asked) {
            close_all(&lists->documents, 1);
            continue;
        }
        if (open_array(PyTuple_GET_ITEM(item, 2), 'i', &lists->frequencies) < 0) {
            close_all(&lists->documents, 1);
            return -1;
        }
        return 1;
    }
    return 0;
}

static void close_list(Lists *lists)
{
    close_all(&lists->documents, 1);
    close_all(&lists->frequencies, 1);
}

static int open_with_lists(PyObject *const *given, Py_ssize_t number, const char *kinds, Lists *lists, Array *arrays)
{
    if (number < 1 || !PyList_Check(given[0])) {
        PyErr_SetString(PyExc_TypeError, "there is no list of lists");
        return -1;
    }
    lists->lists = given[0];
    lists->next = 0;
    return open_all(given + 1, number - 1, kinds, arrays);
}

/* lists, lengths, factors, sums */
static PyObject *add_up(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Lists lists;
    Array a[3];
    if (open_with_lists(given, number, "cfF", &lists, a) < 0)
        return NULL;
    const float *factors = (const float *)a[1].at;
    float *sums = (float *)a[2].at;
    const uint64_t records = (uint64_t)a[2].length, longest = (uint64_t)a[1].length;
    int is_damaged = a[0].length != a[2].length, there;
    while ((there = next_list(&lists, NULL)) > 0) {
        const Array *documents = &lists.documents, *frequencies = &lists.frequencies;
        is_damaged = is_damaged || frequencies->length != documents->length;
#define ADD_UP(D, L)                                                                                                   \
    for (int64_t i = 0; i < documents->length && !is_damaged; i++) {                                                   \
        const uint64_t record = (uint64_t)(((const D *)documents->at)[i] + lists.first);                               \
        if (i + AHEAD < documents->length) {                                                                           \
            const uint64_t later = (uint64_t)(((const D *)documents->at)[i + AHEAD] + lists.first);                    \
            if (later < records) {                                                                                     \
                ASK_FOR(sums + later);                                                                                 \
                ASK_FOR((const L *)a[0].at + later);                                                                   \
            }                                                                                                          \
        }                                                                                                              \
        const uint64_t length = record < records ? (uint64_t)((const L *)a[0].at)[record] : longest;                   \
        if (length >= longest)                                                                                         \
            is_damaged = 1;                                                                                            \
        else                                                                                                           \
            sums[record] += (float)value(frequencies, i) * factors[length];                                            \
    }
#define ADD_UP_BY(D)                                                                                                   \
    switch (a[0].width) {                                                                                              \
    case 1: ADD_UP(D, uint8_t) break;                                                                                  \
    case 2: ADD_UP(D, uint16_t) break;                                                                                 \
    case 4: ADD_UP(D, uint32_t) break;                                                                                 \
    default: ADD_UP(D, int64_t)                                                                                        \
    }
        BY_WIDTH(documents, ADD_UP_BY)
        close_list(&lists);
    }
    return done(a, 3, there < 0 ? -1 : is_damaged);
}

/* sums, numbers, values: how many were not 0 */
static PyObject *take_sums(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[3];
    if (open_all(given, number, "FNF", a) < 0)
        return NULL;
    float *sums = (float *)a[0].at, *values = (float *)a[2].at;
    int64_t *numbers = (int64_t *)a[1].at, found = 0;
    const int64_t size = a[0].length, most = a[1].length < a[2].length ? a[1].length : a[2].length;
    for (int64_t from = 0; from < size && found < most; from += BLOCK) {
        const int64_t end = from + BLOCK < size ? from + BLOCK : size;
        int is_empty = 1;
        for (int64_t i = from; i < end; i++)
            is_empty &= sums[i] == 0;
        if (is_empty)
            continue;
        for (int64_t i = from; i < end && found < most; i++) { /* without a branch that is hard to foretell */
            numbers[found] = i;
            values[found] = sums[i];
            found += sums[i] != 0;
            sums[i] = 0;
        }
    }
    close_all(a, 3);
    return PyLong_FromLongLong(found);
}

/* lists, asked, lengths, factors, added */
static PyObject *look_up(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Lists lists;
    Array a[4];
    if (open_with_lists(given, number, "nifF", &lists, a) < 0)
        return NULL;
    const int64_t *asked = (const int64_t *)a[0].at;
    const float *factors = (const float *)a[2].at;
    float *added = (float *)a[3].at;
    int is_damaged = a[3].length != a[0].length, there;
    while ((there = next_list(&lists, &a[0])) > 0) {
        int64_t last = 0, place = 0;
        is_damaged = is_damaged || lists.frequencies.length != lists.documents.length;
        for (int64_t i = 0; i < a[0].length && !is_damaged; i++) {
            const int64_t at = find(&lists.documents, asked[i] - lists.first, &last, &place);
            if (at < 0)
                continue;
            is_damaged = (uint64_t)asked[i] >= (uint64_t)a[1].length;
            const int64_t length = is_damaged ? 0 : value(&a[1], asked[i]);
            is_damaged = is_damaged || (uint64_t)length >= (uint64_t)a[2].length;
            if (!is_damaged)
                added[i] += (float)value(&lists.frequencies, at) * factors[length];
        }
        close_list(&lists);
    }
    return done(a, 4, there < 0 ? -1 : is_damaged);
}

/* lists, asked, added */
static PyObject *count_in(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Lists lists;
    Array a[2];
    if (open_with_lists(given, number, "nN", &lists, a) < 0)
        return NULL;
    const int64_t *asked = (const int64_t *)a[0].at;
    int64_t *added = (int64_t *)a[1].at;
    int is_damaged = a[1].length != a[0].length, there;
    while ((there = next_list(&lists, &a[0])) > 0) {
        int64_t last = 0, place = 0;
        is_damaged = is_damaged || lists.frequencies.length != lists.documents.length;
        for (int64_t i = 0; i < a[0].length && !is_damaged; i++) {
            const int64_t at = find(&lists.documents, asked[i] - lists.first, &last, &place);
            if (at >= 0)
                added[i] += value(&lists.frequencies, at);
        }
        close_list(&lists);
    }
    return done(a, 2, there < 0 ? -1 : is_damaged);
}

#define FUNCTION(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef functions[] = {
    FUNCTION(tally),     FUNCTION(pairs),   FUNCTION(greatest), FUNCTION(add_up),
    FUNCTION(take_sums), FUNCTION(look_up), FUNCTION(count_in), {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_loops",
    .m_doc = "The loops of loops.py in C.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__loops(void)
{
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddIntConstant(made, "VERSION", VERSION) < 0)
        Py_CLEAR(made);
    return made;
}
