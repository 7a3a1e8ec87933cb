/* The loops of loops.py in C, one pass each; there it is said what each takes and gives.

   Every number is checked against the array that it points into: of a damaged file comes ValueError, never a crash. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

enum {
    AT_ONCE = 16,           /* so many codes are copied at once, whether a record has them or not */
    ROW = 8,                /* as few are most rows of one field */
    CHUNK = 512,            /* so many codes wait to be counted: they stay in the processor's first cache */
    AHEAD = 96,             /* so far ahead memory is asked for: what records point at lies anywhere */
    MOST_DOCUMENTS = 65536, /* a segment's, as in arrays.py */
    BLOCK = 64,             /* of so many counts it is seen at once whether any is among the greatest */
    FEW = 64,               /* where others are so many times more, each is looked for by itself */
    WINDOW = 65536,         /* so many records are added up at once */
    VERSION = 5             /* as in loops.py */
};

#if defined(__GNUC__) || defined(__clang__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define ASK_FOR(address) __builtin_prefetch(address)
#else
#define ALWAYS_INLINE inline
#define ASK_FOR(address) ((void)0)
#endif

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default"))) /* the better one is taken when it is loaded */
#else
#define FOR_EACH_PROCESSOR
#endif

typedef struct {
    Py_buffer view;
    const char *at;
    int64_t length, stride;
    int width;
} Array;

/* What an argument may be: i and c whole numbers of 1, 2, 4 or 8 bytes; b of 1; k of 1, 2 or 4; n of 8, or
   floats of 8; u of 4; f floats of 4 bytes. A capital is written to. All but i lie close. */
static int open_array(PyObject *object, char kind, Array *array)
{
    int is_written = kind < 'a', wanted = kind | 0x20;
    if (PyObject_GetBuffer(object, &array->view, is_written ? PyBUF_STRIDED : PyBUF_STRIDED_RO) < 0)
        return -1;
    const Py_buffer *view = &array->view; /* without its format, which takes longer to make than all the rest */
    const int width = (int)view->itemsize, dimensions = view->ndim;
    int fits = width == 1 || width == 2 || width == 4 || width == 8;
    switch (wanted) {
    case 'b': fits = width == 1; break;
    case 'k': fits = fits && width < 8; break;
    case 'n': fits = width == 8; break;
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

/* A number in place of None. */
static PyObject *number_or(PyObject *nothing, int64_t found)
{
    Py_XDECREF(nothing);
    return nothing ? PyLong_FromLongLong(found) : NULL;
}

static inline int64_t value_of(const char *at, int width)
{
    switch (width) {
    case 1: return *(const uint8_t *)at;
    case 2: return *(const uint16_t *)at;
    case 4: return *(const uint32_t *)at;
    default: return *(const int64_t *)at;
    }
}

static inline int64_t value(const Array *array, int64_t i)
{
    return value_of(array->at + i * array->stride, array->width);
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

/* The codes of some records, one record at a time: what is done with those of one `record`, which are in `codes` from
   `start` to `stop`. It ends with `is_damaged` where a record cannot be there. */
#define EACH_ROW_OF(E, T, DO)                                                                                         \
    {                                                                                                                  \
        const E *ends = (const E *)a[1].at;                                                                            \
        const T *codes = (const T *)a[2].at;                                                                           \
        for (int64_t i = 0; i < a[0].length && !is_damaged; i++) {                                                     \
            const int64_t *numbers = (const int64_t *)a[0].at + i;                                                     \
            const uint64_t record = (uint64_t)numbers[0];                                                              \
            if (i + AHEAD < a[0].length && (uint64_t)numbers[AHEAD] < records)                                         \
                ASK_FOR(ends + numbers[AHEAD]);                                                                        \
            const uint64_t later = i + AHEAD / 2 < a[0].length ? (uint64_t)numbers[AHEAD / 2] : records;               \
            if (later < records && (uint64_t)ends[later] < (uint64_t)a[2].length) {                                    \
                ASK_FOR(codes + ends[later]);                                                                          \
                /* a row may go over into the next piece of memory; where it ends is not known to be true yet */       \
                ASK_FOR((const void *)((uintptr_t)codes + (uintptr_t)ends[later + 1] * sizeof *codes));                \
            }                                                                                                          \
            const uint64_t start = record < records ? (uint64_t)ends[record] : 1;                                      \
            const uint64_t stop = record < records ? (uint64_t)ends[record + 1] : 0;                                   \
            is_damaged = stop < start || stop > (uint64_t)a[2].length;                                                 \
            if (!is_damaged)                                                                                           \
                DO                                                                                                     \
        }                                                                                                              \
    }
#define EACH_ROW_BY(E, DO)                                                                                            \
    switch (a[2].width) {                                                                                              \
    case 1: EACH_ROW_OF(E, uint8_t, DO) break;                                                                        \
    case 2: EACH_ROW_OF(E, uint16_t, DO) break;                                                                       \
    default: EACH_ROW_OF(E, uint32_t, DO)                                                                             \
    }
#define EACH_ROW(DO)                                                                                                  \
    const uint64_t records = a[1].length ? (uint64_t)a[1].length - 1 : 0;                                              \
    switch (a[1].width) {                                                                                              \
    case 2: EACH_ROW_BY(uint16_t, DO) break;                                                                          \
    case 4: EACH_ROW_BY(uint32_t, DO) break;                                                                          \
    case 8: EACH_ROW_BY(int64_t, DO) break;                                                                           \
    default: EACH_ROW_BY(uint8_t, DO)                                                                                 \
    }

/* Codes that wait to be counted, as wide as they are. */
typedef union {
    uint8_t of_one[CHUNK + AT_ONCE];
    uint16_t of_two[CHUNK + AT_ONCE];
    uint32_t of_four[CHUNK + AT_ONCE];
} Codes;

/* Count the codes that are waiting, of so many bytes each: whether each has a place. */
#define COUNT(codes)                                                                                                   \
    {                                                                                                                  \
        for (int64_t i = 0; i < number; i++) {                                                                         \
            if ((uint64_t)codes[i] >= (uint64_t)tallied->length)                                                       \
                return 0;                                                                                              \
            counts[codes[i]]++;                                                                                        \
        }                                                                                                              \
    }
static int count(const Array *tallied, const Codes *waiting, int64_t number, int width)
{
    uint32_t *counts = (uint32_t *)tallied->at;
    switch (width) {
    case 1: COUNT(waiting->of_one) break;
    case 2: COUNT(waiting->of_two) break;
    default: COUNT(waiting->of_four)
    }
    return 1;
}

/* numbers, ends, codes, tallied

   Sixteen codes are copied at once, of which the next record's overwrite what was too many: how many a record has is
   hard to foretell, and a branch that was foretold wrongly takes longer than all of them. */
static PyObject *tally(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[4];
    if (open_all(given, number, "nckU", a) < 0)
        return NULL;
    Codes waiting;
    const int width = a[2].width;
    int64_t there = 0;
    int is_damaged = 0;
#define WAIT(NUMBER) memcpy((char *)&waiting + there * (int64_t)sizeof *codes, codes + at, (NUMBER) * sizeof *codes)
    EACH_ROW({
        uint64_t at = start;
        if (stop - start <= AT_ONCE && start + AT_ONCE <= (uint64_t)a[2].length) {
            WAIT(AT_ONCE);
            there += stop - start;
        } else
            for (; at < stop && !is_damaged; at++) {
                WAIT(1);
                if (++there == CHUNK) {
                    is_damaged = !count(&a[3], &waiting, there, width);
                    there = 0;
                }
            }
        if (there >= CHUNK) {
            is_damaged = is_damaged || !count(&a[3], &waiting, there, width);
            there = 0;
        }
    })
    return done(a, 4, is_damaged || !count(&a[3], &waiting, there, width));
}

/* Stretches of codes, each given by its first one and the one behind its last: they ascend and are apart. */
static int are_stretches(const Array *stretches)
{
    const int64_t *bounds = (const int64_t *)stretches->at;
    int fits = stretches->length % 2 == 0 && (!stretches->length || bounds[0] >= 0);
    for (int64_t i = 1; i < stretches->length; i++)
        fits = fits && bounds[i - 1] <= bounds[i];
    return fits && (!stretches->length || bounds[stretches->length - 1] <= UINT32_MAX);
}

/* A bit for each code below the end of all stretches, 0 at first; NULL where there is no memory. */
static uint64_t *bits_for(const Array *stretches)
{
    const int64_t end = stretches->length ? ((const int64_t *)stretches->at)[stretches->length - 1] : 0;
    uint64_t *bits = PyMem_Calloc((size_t)end / 64 + 1, sizeof(uint64_t));
    return bits ? bits : (uint64_t *)PyErr_NoMemory();
}

#define IS_SET(bits, at) ((bits)[(at) >> 6] >> ((at) & 63) & 1)
#define SET(bits, at) ((bits)[(at) >> 6] |= (uint64_t)1 << ((at) & 63))

/* Codes that wait to be picked, and for each the place of its record among those asked for. */
typedef struct {
    uint32_t codes[CHUNK + ROW], places[CHUNK + ROW];
    int64_t there;
} Waiting;

/* Pick the codes that are wanted, without a branch that is hard to foretell: whether there was room for them. */
static int pick(Waiting *waiting, const uint64_t *wanted, uint64_t end, const int64_t *numbers, Array *records,
                Array *found, int64_t *picked)
{
    int64_t *owners = (int64_t *)records->at, *codes = (int64_t *)found->at, there = *picked;
    const int64_t room = records->length < found->length ? records->length : found->length;
    for (int64_t i = 0; i < waiting->there; i++) {
        const uint64_t code = waiting->codes[i] < end ? waiting->codes[i] : end; /* which is never wanted */
        const int is_wanted = IS_SET(wanted, code);
        if (there < room) {
            owners[there] = numbers[waiting->places[i]];
            codes[there] = (int64_t)code;
        } else if (is_wanted)
            return 0;
        there += is_wanted;
    }
    *picked = there;
    waiting->there = 0;
    return 1;
}

/* numbers, ends, codes, stretches, records, found: how many there are

   As in tally, more codes are copied at once than most records have. */
static PyObject *pairs(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[6];
    if (open_all(given, number, "ncknNN", a) < 0)
        return NULL;
    const int64_t *bounds = (const int64_t *)a[3].at;
    const uint64_t end = a[3].length ? (uint64_t)bounds[a[3].length - 1] : 0;
    Waiting waiting;
    int64_t there = waiting.there = 0;
    int is_damaged = !are_stretches(&a[3]) || a[0].length > UINT32_MAX;
    uint64_t *wanted = is_damaged ? NULL : bits_for(&a[3]);
    for (int64_t i = 0; wanted && i < a[3].length; i += 2)
        for (int64_t code = bounds[i]; code < bounds[i + 1]; code++)
            SET(wanted, code);
    is_damaged = is_damaged || !wanted;
    EACH_ROW({
        if (stop - start <= ROW && start + ROW <= (uint64_t)a[2].length) {
            for (int j = 0; j < ROW; j++) {
                waiting.codes[waiting.there + j] = (uint32_t)codes[start + j];
                waiting.places[waiting.there + j] = (uint32_t)i;
            }
            waiting.there += stop - start;
        } else
            for (uint64_t at = start; at < stop && !is_damaged; at++) {
                waiting.codes[waiting.there] = (uint32_t)codes[at];
                waiting.places[waiting.there++] = (uint32_t)i;
                if (waiting.there == CHUNK)
                    is_damaged = !pick(&waiting, wanted, end, (const int64_t *)a[0].at, &a[4], &a[5], &there);
            }
        if (waiting.there >= CHUNK)
            is_damaged = is_damaged || !pick(&waiting, wanted, end, (const int64_t *)a[0].at, &a[4], &a[5], &there);
    })
    is_damaged = is_damaged || !pick(&waiting, wanted, end, (const int64_t *)a[0].at, &a[4], &a[5], &there);
    PyMem_Free(wanted);
    return number_or(done(a, 6, PyErr_Occurred() ? -1 : is_damaged), there);
}

/* The quantiles of what is different among the values of some codes, in whose order the values ascend: a list of one
   more than there are parts, or an empty one where no more than two are different. */
static PyObject *quantiles_of(const uint64_t *bits, int64_t first, int64_t last, const double *values, long parts,
                              double *room)
{
    int64_t number = 0;
    for (int64_t code = first; code < last; code++)
        if (IS_SET(bits, code) && (!number || values[code] != room[number - 1]))
            room[number++] = values[code];
    PyObject *list = PyList_New(number > 2 ? parts + 1 : 0);
    for (long part = 0; list && number > 2 && part <= parts; part++) {
        const int64_t at = (part * (number - 1) + parts - 1) / parts; /* rounded up */
        PyObject *value = PyFloat_FromDouble(room[at]);
        if (!value)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, part, value);
    }
    return list;
}

/* codes, stretches, values, parts: a list of quantiles for each stretch */
static PyObject *quantiles(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[3];
    const long parts = number == 4 ? PyLong_AsLong(given[3]) : 0;
    if (number != 4 || parts < 1 || parts > 1000) {
        PyErr_SetString(PyErr_Occurred() ? PyExc_TypeError : PyExc_ValueError, "there are not so many parts");
        return NULL;
    }
    if (open_all(given, 3, "nnn", a) < 0)
        return NULL;
    const int64_t *codes = (const int64_t *)a[0].at, *bounds = (const int64_t *)a[1].at;
    const int64_t first = a[1].length ? bounds[0] : 0, end = a[1].length ? bounds[a[1].length - 1] : 0;
    int is_damaged = !are_stretches(&a[1]) || end > a[2].length;
    uint64_t *bits = is_damaged ? NULL : bits_for(&a[1]);
    for (int64_t i = 0; bits && i < a[0].length && !is_damaged; i++) {
        is_damaged = codes[i] < first || codes[i] >= end;
        if (!is_damaged)
            SET(bits, codes[i]);
    }
    double *room = bits && !is_damaged ? PyMem_Malloc(((size_t)a[0].length + 1) * sizeof(double)) : NULL;
    PyObject *all = room ? PyList_New(a[1].length / 2) : NULL;
    if (bits && !is_damaged && !room)
        PyErr_NoMemory();
    for (int64_t i = 0; all && i < a[1].length; i += 2) {
        PyObject *some = quantiles_of(bits, bounds[i], bounds[i + 1], (const double *)a[2].at, parts, room);
        if (!some)
            Py_CLEAR(all);
        else
            PyList_SET_ITEM(all, i / 2, some);
    }
    PyMem_Free(room);
    PyMem_Free(bits);
    PyObject *nothing = done(a, 3, PyErr_Occurred() ? -1 : is_damaged);
    Py_XDECREF(nothing);
    return nothing ? all : NULL;
}

/* records, codes, cuts, tallied */
static PyObject *tally_once(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[4];
    if (open_all(given, number, "nnnU", a) < 0)
        return NULL;
    const int64_t *records = (const int64_t *)a[0].at, *codes = (const int64_t *)a[1].at;
    const int64_t *cuts = (const int64_t *)a[2].at, parts = a[2].length - 1;
    uint32_t *tallied = (uint32_t *)a[3].at;
    int64_t last_record = -1, last_part = -1;
    int is_damaged = a[0].length != a[1].length || a[3].length != (parts < 0 ? 0 : parts);
    for (int64_t i = 0; i < a[0].length && !is_damaged; i++) {
        int64_t part = 0;
        for (int64_t left = parts < 0 ? 0 : parts + 1; left > 1; left -= left / 2) /* without a branch */
            part += codes[i] >= cuts[part + left / 2] ? left / 2 : 0;
        is_damaged = part >= parts || codes[i] < cuts[0];
        if (!is_damaged)
            tallied[part] += part != last_part || records[i] != last_record;
        last_part = part;
        last_record = records[i];
    }
    return done(a, 4, is_damaged);
}

/* counts, starts: a list of sums, of the counts from each start up to the next one */
static PyObject *sums_from(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[2];
    if (open_all(given, number, "un", a) < 0)
        return NULL;
    const uint32_t *counts = (const uint32_t *)a[0].at;
    const int64_t *starts = (const int64_t *)a[1].at;
    PyObject *all = PyList_New(a[1].length);
    int is_damaged = 0;
    for (int64_t i = 0; all && i < a[1].length && !is_damaged; i++) {
        const int64_t end = i + 1 < a[1].length ? starts[i + 1] : a[0].length;
        int64_t sum = 0;
        is_damaged = starts[i] < 0 || end < starts[i] || end > a[0].length;
        for (int64_t at = starts[i]; at < end && !is_damaged; at++)
            sum += counts[at];
        PyObject *added = PyLong_FromLongLong(sum);
        if (!added)
            Py_CLEAR(all);
        else
            PyList_SET_ITEM(all, i, added);
    }
    PyObject *nothing = done(a, 2, all ? is_damaged : -1);
    Py_XDECREF(nothing);
    if (!nothing)
        Py_CLEAR(all);
    return all;
}

/* counts, scores, weight, half: none */
static PyObject *saturate(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[2];
    const float weight = number == 4 ? (float)PyFloat_AsDouble(given[2]) : 0;
    const float half = number == 4 ? (float)PyFloat_AsDouble(given[3]) : 0;
    if (PyErr_Occurred())
        return NULL;
    if (open_all(given, number - 2, "fF", a) < 0)
        return NULL;
    const float *counts = (const float *)a[0].at;
    float *scores = (float *)a[1].at;
    const int is_damaged = a[0].length != a[1].length;
    for (int64_t i = 0; i < a[0].length && !is_damaged; i++) /* several at once */
        scores[i] = counts[i] * weight / (counts[i] + half);
    return done(a, 2, is_damaged);
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

/* Up to so many places of the greatest counts, in order: how many there are, and in `there` how many counts are not 0.
   The places that are kept are a heap, and in order at last. */
FOR_EACH_PROCESSOR static int64_t greatest_of(const uint32_t *counts, int64_t length, int64_t most, int64_t *heap, int64_t *there)
{
    int64_t kept = 0;
    uint32_t least = most ? 0 : UINT32_MAX;
    *there = 0;
    for (int64_t first = 0; first < length; first += BLOCK) {
        const int64_t end = first + BLOCK < length ? first + BLOCK : length;
        uint32_t more = 0, greater = 0;
        for (int64_t i = first; i < end; i++) { /* several at once */
            more += counts[i] != 0;
            greater |= counts[i] > least;
        }
        *there += more;
        for (int64_t i = first; greater && i < end; i++) {
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
    }
    for (int64_t left = kept; left > 1;) { /* the least to the end */
        const int64_t last = heap[--left];
        heap[left] = heap[0];
        sink(counts, heap, left, 0, last);
    }
    return kept;
}

/* counts, most, wanted: the places, the counts at them, and how many counts are not 0 */
static PyObject *greatest(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[1];
    const long most = number == 3 ? PyLong_AsLong(given[1]) : -1, wanted = number == 3 ? PyLong_AsLong(given[2]) : -1;
    if (PyErr_Occurred())
        return NULL;
    if (wanted < 1 || most < wanted) {
        PyErr_SetString(PyExc_ValueError, "there are not so many places");
        return NULL;
    }
    if (open_all(given, 1, "u", a) < 0)
        return NULL;
    const uint32_t *counts = (const uint32_t *)a[0].at;
    int64_t *heap = PyMem_Malloc((size_t)(most < a[0].length ? most : a[0].length) * sizeof(int64_t) + 1), there, kept;
    if (!heap) {
        close_all(a, 1);
        return PyErr_NoMemory();
    }
    kept = greatest_of(counts, a[0].length, most < a[0].length ? most : a[0].length, heap, &there);
    while (kept > wanted && counts[heap[kept - 1]] < counts[heap[wanted - 1]])
        kept--;
    PyObject *places = PyList_New(kept), *values = PyList_New(kept);
    for (int64_t i = 0; places && values && i < kept; i++) {
        PyObject *place = PyLong_FromLongLong(heap[i]), *count = PyLong_FromLongLong(counts[heap[i]]);
        if (!place || !count) {
            Py_XDECREF(place);
            Py_XDECREF(count);
            Py_CLEAR(places);
            break;
        }
        PyList_SET_ITEM(places, i, place);
        PyList_SET_ITEM(values, i, count);
    }
    PyMem_Free(heap);
    close_all(a, 1);
    if (!places || !values) {
        Py_XDECREF(places);
        Py_XDECREF(values);
        return NULL;
    }
    return Py_BuildValue("NNL", places, values, (long long)there);
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
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 3 || !PyLong_Check(PyTuple_GET_ITEM(item, 0))) {
            PyErr_SetString(PyExc_TypeError, "a list is no tuple of a number and two arrays");
            return -1;
        }
        lists->first = PyLong_AsLongLong(PyTuple_GET_ITEM(item, 0));
        if (lists->first == -1 && PyErr_Occurred())
            return -1;
        if (open_array(PyTuple_GET_ITEM(item, 1), 'c', &lists->documents) < 0)
            return -1;
        int is_asked = lists->documents.width > 2;
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

/* A list of postings that is read window by window; what its records' lengths are worth, where they are added up. */
typedef struct {
    Array documents, frequencies;
    const Array *lengths, *factors;
    int64_t first, next; /* the record of document 0, and the place of the document that comes next */
} Part;

typedef struct {
    Part *parts;
    Py_ssize_t number, room;
} Parts;

/* Of each record of a window the sum, whether it has one, and whether it is asked for; all 0 between uses. They stay in
   the processor's second cache, however many records there are, and as bytes they need not wait for each other. Nobody
   else comes between, as the interpreter's lock is held. */
static float sums[WINDOW];
static uint8_t seen[WINDOW], is_asked[WINDOW];

static void close_parts(Parts *parts)
{
    for (Py_ssize_t i = 0; i < parts->number; i++) {
        PyBuffer_Release(&parts->parts[i].documents.view);
        if (parts->parts[i].factors)
            PyBuffer_Release(&parts->parts[i].frequencies.view);
    }
    PyMem_Free(parts->parts);
}

/* Open the lists of a term; without factors nobody asks for their frequencies. */
static int open_parts(PyObject *lists, const Array *lengths, const Array *factors, Parts *parts)
{
    if (!PyList_Check(lists)) {
        PyErr_SetString(PyExc_TypeError, "there is no list of lists");
        return -1;
    }
    const Py_ssize_t more = PyList_GET_SIZE(lists), least = factors ? 3 : 2;
    if (parts->number + more > parts->room) {
        const Py_ssize_t room = 2 * parts->room + more;
        Part *larger = PyMem_Realloc(parts->parts, (size_t)room * sizeof(Part));
        if (!larger) {
            PyErr_NoMemory();
            return -1;
        }
        parts->parts = larger;
        parts->room = room;
    }
    for (Py_ssize_t i = 0; i < more; i++) {
        PyObject *item = PyList_GET_ITEM(lists, i);
        Part *part = &parts->parts[parts->number];
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) < least || !PyLong_Check(PyTuple_GET_ITEM(item, 0))) {
            PyErr_SetString(PyExc_TypeError, "a list is no tuple of a number and arrays");
            return -1;
        }
        *part = (Part){.lengths = lengths, .factors = factors, .first = PyLong_AsLongLong(PyTuple_GET_ITEM(item, 0))};
        if ((part->first == -1 && PyErr_Occurred()) || open_array(PyTuple_GET_ITEM(item, 1), 'c', &part->documents) < 0)
            return -1;
        if (factors && open_array(PyTuple_GET_ITEM(item, 2), 'i', &part->frequencies) < 0) {
            PyBuffer_Release(&part->documents.view);
            return -1;
        }
        parts->number++;
        if (factors && part->frequencies.length != part->documents.length) {
            PyErr_SetString(PyExc_ValueError, "a list has no frequency for each document");
            return -1;
        }
    }
    return 0;
}

/* The sum of two numbers of which either may be anything. */
static inline int64_t sum(int64_t one, int64_t other) { return (int64_t)((uint64_t)one + (uint64_t)other); }

static inline int64_t next_record(const Part *part)
{
    return part->next < part->documents.length ? sum(value(&part->documents, part->next), part->first) : INT64_MAX;
}

/* How many records a window can have that begins with a record. */
static inline int64_t records_in(const Part *part, int64_t low)
{
    const int64_t records = part->factors ? part->lengths->length - low : WINDOW;
    return records < 0 ? 0 : records < WINDOW ? records : WINDOW;
}

/* Go on with a list to the end of the window that begins with a record: note its records and, where there are factors,
   add up, of all records or of those asked for (`is_among`). 1 where a number does not fit. The widths are known where
   this is called, so that each has its own loop. */
static ALWAYS_INLINE int read_part(Part *part, int64_t low, int width, int of_length, int of_frequency, int is_among)
{
    const char *documents = part->documents.at, *frequencies = part->frequencies.at;
    const float *factors = of_length ? (const float *)part->factors->at : NULL;
    const uint64_t limit = (uint64_t)records_in(part, low);
    const char *lengths = of_length && limit ? part->lengths->at + low * of_length : NULL;
    const uint64_t longest = of_length ? (uint64_t)part->factors->length : 0;
    const int64_t number = part->documents.length, first = sum(part->first, -low), stride = part->frequencies.stride;
    int64_t i = part->next, place = 0, chosen[CHUNK], there = 0;
#define ADD(AT, PLACE)                                                                                                 \
    {                                                                                                                  \
        const uint64_t length = (uint64_t)value_of(lengths + (PLACE)*of_length, of_length);                            \
        if (length >= longest)                                                                                         \
            return 1;                                                                                                  \
        sums[PLACE] += (float)value_of(frequencies + (AT)*stride, of_frequency) * factors[length];                     \
    }
#define ADD_CHOSEN                                                                                                     \
    for (int64_t j = 0; j < there; j++)                                                                                \
        ADD(chosen[j], value_of(documents + chosen[j] * width, width) + first)
    for (; i < number; i++) {
        place = sum(value_of(documents + i * width, width), first);
        if ((uint64_t)place >= limit)
            break;
        seen[place] = 1;
        if (is_among) { /* without a branch that is hard to foretell */
            chosen[there] = i;
            there += is_asked[place];
            if (there == CHUNK) {
                ADD_CHOSEN
                there = 0;
            }
        } else if (of_length)
            ADD(i, place)
    }
    if (is_among)
        ADD_CHOSEN
    part->next = i;
    return i < number && place < WINDOW; /* before the window, or where no record is */
}

#define READ_PART_BY(L, F, A)                                                                                          \
    (part->documents.width == 2 ? read_part(part, low, 2, L, F, A)                                                     \
                                : read_part(part, low, part->documents.width, L, F, A))

static int read_window(Part *part, int64_t low, int is_among)
{
    if (!part->factors)
        return READ_PART_BY(0, 0, 0);
    const int length = part->lengths->width, frequency = part->frequencies.width;
    if (length == 1 && frequency == 1)
        return is_among ? READ_PART_BY(1, 1, 1) : READ_PART_BY(1, 1, 0);
    if (length == 2 && frequency == 1)
        return is_among ? READ_PART_BY(2, 1, 1) : READ_PART_BY(2, 1, 0);
    return READ_PART_BY(length, frequency, is_among);
}

static inline int lowest(uint64_t bits)
{
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(bits);
#else
    int at = 0;
    for (; !(bits & 1); bits >>= 1)
        at++;
    return at;
#endif
}

/* Sixty-four of the records seen as bits. */
static inline uint64_t bits_seen(int64_t from)
{
    uint64_t bits = 0, eight;
    for (int i = 0; i < 8; i++) {
        memcpy(&eight, seen + from + 8 * i, 8);
        bits |= (eight * 0x0102040810204080) >> 56 << 8 * i; /* the lowest bit of each byte */
    }
    return bits;
}

/* The place behind the numbers of a window, from a place on; where they begin in `from`. */
static int64_t window_of(const Array *numbers, int64_t low, int64_t at, int64_t *from)
{
    *from = at < numbers->length && value(numbers, at) < low ? first_not_below(numbers, at, low) : at;
    at = *from;
    const int64_t *values = (const int64_t *)numbers->at;
    while (at < numbers->length && (uint64_t)sum(values[at], -low) < WINDOW)
        at++;
    return at;
}

#define IN_WINDOW(number) ((number) & (WINDOW - 1))

/* Where what is read of windows goes: the records that there are into `numbers`, and their sums into `values`, if they
   are asked for. Where some are `asked`, of these alone. */
typedef struct {
    const Array *asked, *numbers, *values;
    int64_t passed, written; /* of those asked, and of numbers and values */
} Taken;

/* Write the first records of a window, up to `end`: how many there are, or -1 where there is no room. */
static int64_t take_all(Taken *taken, int64_t low, int64_t end)
{
    int64_t *numbers = (int64_t *)taken->numbers->at, found = taken->written;
    float *values = taken->values ? (float *)taken->values->at : NULL;
    int64_t room = taken->numbers->length;
    room = values && taken->values->length < room ? taken->values->length : room;
    for (int64_t at = 0; at < end; at += 64) {
        for (uint64_t bits = bits_seen(at); bits; bits &= bits - 1) {
            const int64_t place = at + lowest(bits);
            if (found == room)
                return -1;
            numbers[found] = low + place;
            if (values) {
                values[found] = sums[place];
                sums[place] = 0;
            }
            found++;
        }
        memset(seen + at, 0, 64);
    }
    const int64_t more = found - taken->written;
    taken->written = found;
    return more;
}

/* Note which records of a window are asked for. */
static void ask_for(const Taken *taken, int64_t low)
{
    const int64_t *asked = (const int64_t *)taken->asked->at;
    int64_t from;
    const int64_t until = window_of(taken->asked, low, taken->passed, &from);
    for (int64_t at = from; at < until; at++)
        is_asked[IN_WINDOW(asked[at])] = 1;
}

/* The same of those asked for: how many records there are, asked for or not. */
static int64_t take_asked(Taken *taken, int64_t low, int64_t end)
{
    const int64_t *asked = (const int64_t *)taken->asked->at;
    int64_t *numbers = (int64_t *)taken->numbers->at, number = 0, from, found = taken->written;
    float *values = (float *)taken->values->at;
    for (int64_t at = 0; at < end; at += 64) {
        uint8_t some = 0; /* a byte, so that many are added at once */
        for (int i = 0; i < 64; i++)
            some = (uint8_t)(some + seen[at + i]);
        number += some;
    }
    taken->passed = window_of(taken->asked, low, taken->passed, &from);
    for (int64_t at = from; at < taken->passed; at++) {
        const int64_t place = IN_WINDOW(asked[at]);
        numbers[found] = asked[at]; /* without a branch that is hard to foretell; there is room for all */
        values[found] = sums[place];
        found += seen[place];
        sums[place] = is_asked[place] = 0;
    }
    taken->written = found;
    memset(seen, 0, (size_t)end);
    return number;
}

/* Read all lists window by window, and write what they have: how many records, or -1 where a number does not fit, or
   there is no room. */
static int64_t read_parts(Parts *parts, Taken *taken)
{
    int64_t found = 0, low = 0;
    int is_damaged = 0;
    while (!is_damaged) {
        int64_t nearest = INT64_MAX, left = 0, end = 0;
        for (Py_ssize_t i = 0; i < parts->number; i++) {
            const int64_t record = next_record(&parts->parts[i]);
            nearest = record < nearest ? record : nearest;
            left += parts->parts[i].next < parts->parts[i].documents.length;
        }
        if (!left)
            break;
        is_damaged = nearest < low || nearest > INT64_MAX - WINDOW;
        low = nearest / WINDOW * WINDOW;
        if (taken->asked && !is_damaged)
            ask_for(taken, low);
        for (Py_ssize_t i = 0; i < parts->number && !is_damaged; i++) {
            Part *part = &parts->parts[i];
            if (next_record(part) >= low + WINDOW)
                continue;
            is_damaged = read_window(part, low, taken->asked != NULL);
            const int64_t records = records_in(part, low); /* whatever order a damaged file has them in */
            end = records > end ? records : end;
        }
        end = (end + 63) / 64 * 64;
        const int64_t more = is_damaged ? -1 : taken->asked ? take_asked(taken, low, end) : take_all(taken, low, end);
        is_damaged = more < 0;
        found += more;
        low += WINDOW;
    }
    if (is_damaged) {
        memset(sums, 0, sizeof sums);
        memset(seen, 0, sizeof seen);
        memset(is_asked, 0, sizeof is_asked);
    }
    return is_damaged ? -1 : found;
}

/* Add up ways, each a tuple of lists, lengths and factors: how many records there are, or -1. */
static int64_t added(PyObject *ways, Taken *taken)
{
    Parts parts = {0};
    int opened = 0;
    if (!PyList_Check(ways)) {
        PyErr_SetString(PyExc_TypeError, "there is no list of ways");
        return -1;
    }
    Array *worth = PyMem_Malloc(2 * (size_t)PyList_GET_SIZE(ways) * sizeof(Array)); /* of each way two */
    if (!worth)
        PyErr_NoMemory();
    for (; worth && opened < PyList_GET_SIZE(ways); opened++) {
        PyObject *way = PyList_GET_ITEM(ways, opened);
        if (!PyTuple_Check(way) || PyTuple_GET_SIZE(way) != 3) {
            PyErr_SetString(PyExc_TypeError, "a way is no tuple of three");
            break;
        }
        PyObject *const lengths_factors[] = {PyTuple_GET_ITEM(way, 1), PyTuple_GET_ITEM(way, 2)};
        if (open_all(lengths_factors, 2, "cf", worth + 2 * opened) < 0)
            break;
        if (open_parts(PyTuple_GET_ITEM(way, 0), worth + 2 * opened, worth + 2 * opened + 1, &parts) < 0) {
            opened++;
            break;
        }
    }
    const int64_t found = PyErr_Occurred() ? -1 : read_parts(&parts, taken);
    close_parts(&parts);
    close_all(worth, 2 * opened);
    PyMem_Free(worth);
    return found;
}

/* ways, numbers, values: how many records there are */
static PyObject *add_up(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[2];
    if (open_all(given + 1, number - 1, "NF", a) < 0)
        return NULL;
    const int64_t found = added(given[0], &(Taken){NULL, &a[0], &a[1], 0, 0});
    return number_or(done(a, 2, PyErr_Occurred() ? -1 : found < 0), found);
}

/* ways, asked, numbers, values: how many of those asked there are, and how many records in all */
static PyObject *add_among(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[3];
    if (open_all(given + 1, number - 1, "nNF", a) < 0)
        return NULL;
    Taken taken = {&a[0], &a[1], &a[2], 0, 0};
    const int has_room = a[1].length >= a[0].length && a[2].length >= a[0].length;
    const int64_t found = has_room ? added(given[0], &taken) : -1;
    PyObject *nothing = done(a, 3, PyErr_Occurred() ? -1 : found < 0);
    Py_XDECREF(nothing);
    return nothing ? Py_BuildValue("LL", (long long)taken.written, (long long)found) : NULL;
}

/* lists, numbers: how many records there are */
static PyObject *unite(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[1];
    Parts parts = {0};
    if (number != 2) {
        PyErr_SetString(PyExc_TypeError, "there are not two arguments");
        return NULL;
    }
    if (open_all(given + 1, 1, "N", a) < 0)
        return NULL;
    const int64_t found = open_parts(given[0], NULL, NULL, &parts) < 0 ? -1 : read_parts(&parts, &(Taken){NULL, a, NULL, 0, 0});
    close_parts(&parts);
    return number_or(done(a, 1, PyErr_Occurred() ? -1 : found < 0), found);
}

/* numbers, asked, is_there */
static PyObject *holds(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[3];
    if (open_all(given, number, "nnB", a) < 0)
        return NULL;
    const int64_t *numbers = (const int64_t *)a[0].at, *asked = (const int64_t *)a[1].at;
    char *is_there = (char *)a[2].at;
    const int is_damaged = a[2].length != a[1].length, are_few = a[0].length / FEW > a[1].length;
    int64_t last = 0, place = 0, from, until = 0;
    for (int64_t i = 0; are_few && !is_damaged && i < a[1].length; i++)
        is_there[i] = find(&a[0], asked[i], &last, &place) >= 0;
    for (int64_t i = 0; !are_few && !is_damaged && i < a[1].length;) {
        const int64_t low = asked[i] - IN_WINDOW(asked[i]), end = window_of(&a[1], low, i, &from);
        until = window_of(&a[0], low, until, &from);
        for (int64_t at = from; at < until; at++)
            seen[IN_WINDOW(numbers[at])] = 1;
        do
            is_there[i] = (char)seen[IN_WINDOW(asked[i])];
        while (++i < end);
        for (int64_t at = from; at < until; at++)
            seen[IN_WINDOW(numbers[at])] = 0;
    }
    return done(a, 3, is_damaged);
}

/* numbers, asked, is_wanted, kept: how many are kept */
static PyObject *keep(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[3];
    if (number != 4) {
        PyErr_SetString(PyExc_TypeError, "there are not four arguments");
        return NULL;
    }
    const int is_wanted = PyObject_IsTrue(given[2]);
    PyObject *const arrays[] = {given[0], given[1], given[3]};
    if (is_wanted < 0 || open_all(arrays, 3, "nnN", a) < 0)
        return NULL;
    const int64_t *numbers = (const int64_t *)a[0].at, *asked = (const int64_t *)a[1].at;
    int64_t *kept = (int64_t *)a[2].at, there = 0;
    const int is_damaged = a[2].length < a[1].length, are_few = a[0].length / FEW > a[1].length;
    int64_t last = 0, place = 0, from, until = 0;
    for (int64_t i = 0; are_few && !is_damaged && i < a[1].length; i++) {
        kept[there] = asked[i];
        there += (find(&a[0], asked[i], &last, &place) >= 0) == is_wanted;
    }
    for (int64_t i = 0; !are_few && !is_damaged && i < a[1].length;) {
        const int64_t low = asked[i] - IN_WINDOW(asked[i]), end = window_of(&a[1], low, i, &from);
        until = window_of(&a[0], low, until, &from);
        for (int64_t at = from; at < until; at++)
            seen[IN_WINDOW(numbers[at])] = 1;
        do {
            kept[there] = asked[i]; /* without a branch that is hard to foretell */
            there += seen[IN_WINDOW(asked[i])] == is_wanted;
        } while (++i < end);
        for (int64_t at = from; at < until; at++)
            seen[IN_WINDOW(numbers[at])] = 0;
    }
    return number_or(done(a, 3, is_damaged), there);
}

/* numbers, values, asked, found */
static PyObject *beside(PyObject *self, PyObject *const *given, Py_ssize_t number)
{
    Array a[4];
    if (open_all(given, number, "nfnF", a) < 0)
        return NULL;
    const int64_t *numbers = (const int64_t *)a[0].at, *asked = (const int64_t *)a[2].at;
    const float *values = (const float *)a[1].at;
    float *found = (float *)a[3].at;
    const int is_damaged = a[0].length != a[1].length || a[2].length != a[3].length;
    const int are_few = a[0].length / FEW > a[2].length;
    int64_t last = 0, place = 0, from, until = 0;
    for (int64_t i = 0; are_few && !is_damaged && i < a[2].length; i++) {
        const int64_t at = find(&a[0], asked[i], &last, &place);
        found[i] = at < 0 ? 0 : values[at];
    }
    for (int64_t i = 0; !are_few && !is_damaged && i < a[2].length;) {
        const int64_t low = asked[i] - IN_WINDOW(asked[i]), end = window_of(&a[2], low, i, &from);
        until = window_of(&a[0], low, until, &from);
        for (int64_t at = from; at < until; at++)
            sums[IN_WINDOW(numbers[at])] = values[at];
        do
            found[i] = sums[IN_WINDOW(asked[i])];
        while (++i < end);
        for (int64_t at = from; at < until; at++)
            sums[IN_WINDOW(numbers[at])] = 0;
    }
    return done(a, 4, is_damaged);
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
    FUNCTION(tally),     FUNCTION(pairs),    FUNCTION(quantiles), FUNCTION(tally_once), FUNCTION(sums_from),
    FUNCTION(greatest),  FUNCTION(add_up),   FUNCTION(add_among), FUNCTION(saturate),   FUNCTION(unite),
    FUNCTION(holds),     FUNCTION(keep),     FUNCTION(beside),    FUNCTION(count_in),   {NULL, NULL, 0, NULL},
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
