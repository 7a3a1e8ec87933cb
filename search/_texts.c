/* What texts.py names in C: what stands near words, what is marked, and what is shown of a text. There, and in the
   modules that it names, it is said what each takes and gives. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum {
    MOST_WORDS = 48,  /* as in nearby.py */
    MOST_PLACES = 48, /* as in nearby.py */
    WIDTH = 320,      /* as in passages.py */
    LEAD = 110,       /* as in passages.py */
    BLOCK = 64,       /* so many characters are looked at at once */
    VERSION = 1       /* as in texts.py */
};

typedef Py_ssize_t Size;

typedef struct {
    PyObject *object;
    int kind;
    const void *at;
    Size length;
} Text;

static int open_text(PyObject *object, Text *text)
{
    if (!PyUnicode_Check(object) || PyUnicode_READY(object) < 0) {
        PyErr_SetString(PyExc_TypeError, "a text is no string");
        return -1;
    }
    *text = (Text){object, PyUnicode_KIND(object), PyUnicode_DATA(object), PyUnicode_GET_LENGTH(object)};
    return 0;
}

#define CHAR(text, i) PyUnicode_READ((text)->kind, (text)->at, i)
#define IS_SPACE(text, i) Py_UNICODE_ISSPACE(CHAR(text, i))

typedef struct {
    Size start, end;
} Span;

static int by_start(const void *one, const void *other)
{
    const Size a = *(const Size *)one, b = *(const Size *)other;
    return (a > b) - (a < b);
}

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default"))) /* the better one is taken when it is loaded */
#else
#define FOR_EACH_PROCESSOR
#endif

/* Where two characters stand, one behind the other, from a place on; -1 where nowhere. Many are compared at once. */
#define FIND_PAIR(T)                                                                                                   \
    FOR_EACH_PROCESSOR static Size find_pair_##T(const T *at, Size from, Size length, T one, T other)                  \
    {                                                                                                                  \
        for (; from + BLOCK < length; from += BLOCK) {                                                                 \
            T any = 0;                                                                                                 \
            for (int i = 0; i < BLOCK; i++)                                                                            \
                any |= (T)((at[from + i] == one) & (at[from + i + 1] == other));                                       \
            if (any)                                                                                                   \
                break;                                                                                                 \
        }                                                                                                              \
        for (; from + 1 < length; from++)                                                                              \
            if (at[from] == one && at[from + 1] == other)                                                              \
                return from;                                                                                           \
        return -1;                                                                                                     \
    }
FIND_PAIR(Py_UCS1)
FIND_PAIR(Py_UCS2)
FIND_PAIR(Py_UCS4)

static Size find_pair(const Text *text, Size from, Py_UCS4 one, Py_UCS4 other)
{
    switch (text->kind) {
    case PyUnicode_1BYTE_KIND: return find_pair_Py_UCS1(text->at, from, text->length, (Py_UCS1)one, (Py_UCS1)other);
    case PyUnicode_2BYTE_KIND: return find_pair_Py_UCS2(text->at, from, text->length, (Py_UCS2)one, (Py_UCS2)other);
    default: return find_pair_Py_UCS4(text->at, from, text->length, one, other);
    }
}

/* Where a word of at least two characters stands in a text, from a place on; -1 where nowhere. */
static Size find_word(const Text *text, const Text *word, Size from)
{
    if (word->kind > text->kind) /* it has a character that the text does not */
        return -1;
    for (; (from = find_pair(text, from, CHAR(word, 0), CHAR(word, 1))) >= 0; from++) {
        Size same = 2;
        while (same < word->length && from + same < text->length && CHAR(text, from + same) == CHAR(word, same))
            same++;
        if (same == word->length)
            return from;
    }
    return -1;
}

/* What stands between blanks around each place of the words: how many pieces, -1 where the whole text has to be cut, -2
   where something went wrong. There is room for MOST_PLACES. */
static int find_pieces(const Text *text, PyObject *words, Span *pieces)
{
    Size found[MOST_PLACES];
    int number = 0, there = 0;
    if (!PyList_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "words are no list");
        return -2;
    }
    if (PyList_GET_SIZE(words) > MOST_WORDS)
        return -1;
    for (Size i = 0; i < PyList_GET_SIZE(words); i++) {
        Text word;
        if (open_text(PyList_GET_ITEM(words, i), &word) < 0)
            return -2;
        for (Size at = 0; at >= 0; at++) {
            at = word.length > 1 ? find_word(text, &word, at) : PyUnicode_Find(text->object, word.object, at, text->length, 1);
            if (at < 0)
                break;
            if (number == MOST_PLACES)
                return -1;
            found[number++] = at;
        }
        if (PyErr_Occurred())
            return -2;
    }
    qsort(found, (size_t)number, sizeof *found, by_start);
    Size end = 0;
    for (int i = 0; i < number; i++) {
        Size start = found[i];
        if (start < end)
            continue; /* between the same blanks as the one before */
        const Size before = end;
        for (end = start; end < text->length && CHAR(text, end) != ' ' && CHAR(text, end) != '\n';)
            end++;
        while (start > before && CHAR(text, start - 1) != ' ' && CHAR(text, start - 1) != '\n')
            start--;
        for (Size at = start; at < end; at++)
            if (Py_UNICODE_ISDECIMAL(CHAR(text, at)))
                return -1;
        pieces[there++] = (Span){start, end};
    }
    return there;
}

/* text, words: the pieces, each with where it begins */
static PyObject *pieces_near(PyObject *self, PyObject *const *given, Size number)
{
    Text text;
    Span pieces[MOST_PLACES];
    if (number != 2) {
        PyErr_SetString(PyExc_TypeError, "there are not two arguments");
        return NULL;
    }
    if (open_text(given[0], &text) < 0)
        return NULL;
    const int there = find_pieces(&text, given[1], pieces);
    if (there < 0) {
        if (there == -2)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *list = PyList_New(there);
    for (int i = 0; list && i < there; i++) {
        PyObject *piece = PyUnicode_Substring(text.object, pieces[i].start, pieces[i].end);
        PyObject *pair = piece ? Py_BuildValue("nN", pieces[i].start, piece) : NULL;
        if (!pair)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, pair);
    }
    return list;
}

/* A pair of numbers, so far behind those of another pair. */
static PyObject *moved_pair(PyObject *pair, Size by)
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "a mark is no pair");
        return NULL;
    }
    const Size start = PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 0)), end = PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 1));
    return PyErr_Occurred() ? NULL : Py_BuildValue("nn", start + by, end + by);
}

/* A named tuple of so many items, which are taken; NULL where one is missing. */
static PyObject *named_tuple(PyTypeObject *type, PyObject **items, int number)
{
    int are_there = 1;
    for (int i = 0; i < number; i++)
        are_there = are_there && items[i];
    PyObject *made = are_there ? type->tp_alloc(type, number) : NULL;
    for (int i = 0; i < number; i++) {
        if (made)
            PyTuple_SET_ITEM(made, i, items[i]);
        else
            Py_XDECREF(items[i]);
    }
    return made;
}

static int is_tuple_type(PyObject *object)
{
    if (PyType_Check(object) && PyType_IsSubtype((PyTypeObject *)object, &PyTuple_Type))
        return 1;
    PyErr_SetString(PyExc_TypeError, "there is no type of tuples");
    return 0;
}

static int is_match(PyObject *object)
{
    if (PyTuple_Check(object) && PyTuple_GET_SIZE(object) == 5)
        return 1;
    PyErr_SetString(PyExc_TypeError, "a match is no tuple of five");
    return 0;
}

/* Append what matches in a piece to a list, as matches in the text. */
static int append_moved(PyObject *matches, PyObject *in_piece, Size start, PyTypeObject *type)
{
    for (Size i = 0; i < PyList_GET_SIZE(in_piece); i++) {
        PyObject *item = PyList_GET_ITEM(in_piece, i);
        if (!is_match(item))
            return -1;
        const Size first = PyLong_AsSsize_t(PyTuple_GET_ITEM(item, 0)), last = PyLong_AsSsize_t(PyTuple_GET_ITEM(item, 1));
        if (PyErr_Occurred())
            return -1;
        PyObject *parts[] = {PyLong_FromSsize_t(start + first), PyLong_FromSsize_t(start + last),
                             Py_NewRef(PyTuple_GET_ITEM(item, 2)), Py_NewRef(PyTuple_GET_ITEM(item, 3)),
                             moved_pair(PyTuple_GET_ITEM(item, 4), start)};
        PyObject *match = named_tuple(type, parts, 5);
        if (!match || PyList_Append(matches, match) < 0) {
            Py_XDECREF(match);
            return -1;
        }
        Py_DECREF(match);
    }
    return 0;
}

/* text, words, known, read, type: the matches, and at how many positions the index has what stands there */
static PyObject *matches_near(PyObject *self, PyObject *const *given, Size number)
{
    Text text;
    Span pieces[MOST_PLACES];
    if (number != 5 || !PyDict_Check(given[2])) {
        PyErr_SetString(PyExc_TypeError, "there is nothing that is known");
        return NULL;
    }
    if (open_text(given[0], &text) < 0 || !is_tuple_type(given[4]))
        return NULL;
    const int there = find_pieces(&text, given[1], pieces);
    if (there < 0) {
        if (there == -2)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *matches = PyList_New(0);
    Size positions = 0;
    for (int i = 0; matches && i < there; i++) {
        PyObject *piece = PyUnicode_Substring(text.object, pieces[i].start, pieces[i].end), *pair = NULL;
        if (piece) {
            pair = Py_XNewRef(PyDict_GetItemWithError(given[2], piece));
            if (!pair && !PyErr_Occurred())
                pair = PyObject_CallOneArg(given[3], piece);
            Py_DECREF(piece);
        }
        if (pair && !(PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2 && PyList_Check(PyTuple_GET_ITEM(pair, 1))))
            PyErr_SetString(PyExc_TypeError, "what is known of a piece is no number and matches");
        if (!PyErr_Occurred())
            positions += PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 0));
        if (PyErr_Occurred() ||
            append_moved(matches, PyTuple_GET_ITEM(pair, 1), pieces[i].start, (PyTypeObject *)given[4]) < 0)
            Py_CLEAR(matches);
        Py_XDECREF(pair);
    }
    return matches ? Py_BuildValue("Nn", matches, positions) : NULL;
}

/* A match as its numbers; `word` is the number of its word. */
typedef struct {
    Size start, end;
    int word, is_left;
} Match;

static int read_span(PyObject *pair, Size *start, Size *end)
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) < 2) {
        PyErr_SetString(PyExc_TypeError, "there is no start and end");
        return -1;
    }
    *start = PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 0));
    *end = PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 1));
    return PyErr_Occurred() ? -1 : 0;
}

/* matches: their marks, and the words of which these are parts; None where they or their words overlap */
static PyObject *marks_apart(PyObject *self, PyObject *const *given, Size number)
{
    if (number != 1 || !PyList_Check(given[0])) {
        PyErr_SetString(PyExc_TypeError, "matches are no list");
        return NULL;
    }
    PyObject *marks = PyList_New(0), *words = PyList_New(0), *all = NULL;
    Size last_start = -1, behind = 0, first = -1, last = 0;
    int are_apart = 1;
    for (Size i = 0; marks && words && are_apart && i < PyList_GET_SIZE(given[0]); i++) {
        PyObject *match = PyList_GET_ITEM(given[0], i);
        Size start, end, begin, stop;
        if (!is_match(match))
            break;
        PyObject *around = PyTuple_GET_ITEM(match, 4);
        if (read_span(match, &start, &end) < 0 || read_span(around, &begin, &stop) < 0)
            break;
        if (start == last_start && end == behind)
            continue; /* of another word of the query, or in another way */
        are_apart = start >= behind;
        last_start = start;
        behind = end;
        PyObject *mark = PyTuple_GetSlice(match, 0, 2);
        const int is_kept = mark && PyList_Append(marks, mark) == 0;
        Py_XDECREF(mark);
        if (!is_kept)
            break;
        if ((begin == start && stop == end) || (begin == first && stop == last))
            continue;
        are_apart = are_apart && begin >= last;
        first = begin;
        last = stop;
        if (PyList_Append(words, around) < 0)
            break;
    }
    if (marks && words && are_apart && !PyErr_Occurred())
        all = Py_BuildValue("NN", PyList_AsTuple(marks), PyList_AsTuple(words));
    Py_XDECREF(marks);
    Py_XDECREF(words);
    if (all || PyErr_Occurred())
        return all;
    Py_RETURN_NONE;
}

/* How many of some numbers, which ascend, are no greater than one (`is_right`), or smaller. */
static Size place_of(PyObject *numbers, Size length, Size one, int is_right)
{
    Size low = 0, high = length;
    while (low < high) {
        const Size middle = low + (high - low) / 2, number = PyLong_AsSsize_t(PyList_GET_ITEM(numbers, middle));
        if (number < one || (is_right && number == one))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The sentences of a text that end inside it. */
typedef struct {
    PyObject *starts, *ends;
    Size number;
} Sentences;

static Size number_at(PyObject *numbers, Size at) { return PyLong_AsSsize_t(PyList_GET_ITEM(numbers, at)); }

static int holds(PyObject *numbers, Size length, Size one)
{
    const Size at = place_of(numbers, length, one, 0);
    return at < length && number_at(numbers, at) == one;
}

/* Where a word begins: see passages.py. */
static Size word_start(const Text *text, Size wanted, Size latest, Size earliest)
{
    for (Size at = wanted; at <= latest; at++)
        if (at == earliest || (at > 0 && at <= text->length && IS_SPACE(text, at - 1)))
            return at;
    const Size least = earliest > wanted - WIDTH ? earliest : wanted - WIDTH;
    for (Size at = wanted - 1; at >= least; at--)
        if (at == earliest || (at > 0 && at <= text->length && IS_SPACE(text, at - 1)))
            return at;
    return wanted;
}

static Size word_end(const Text *text, Size wanted, Size earliest, Size latest)
{
    for (Size at = wanted; at >= earliest; at--)
        if (at == latest || (at >= 0 && at < text->length && IS_SPACE(text, at)))
            return at;
    const Size most = latest < wanted + WIDTH ? latest : wanted + WIDTH;
    for (Size at = wanted + 1; at <= most; at++)
        if (at == latest || (at >= 0 && at < text->length && IS_SPACE(text, at)))
            return at;
    return wanted;
}

static Span stripped(const Text *text, Size start, Size end)
{
    Size first = start, last = end;
    while (first < end && IS_SPACE(text, first))
        first++;
    while (last > start && IS_SPACE(text, last - 1))
        last--;
    return (Span){first, last};
}

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* A window with the sentences around it, in the stretch that is free for it. */
static Span widened(const Text *text, Span window, Span stretch, const Sentences *sentences)
{
    window.start = MIN(MAX(window.start, 0), text->length); /* what a damaged file says may lie anywhere */
    window.end = MIN(MAX(window.end, 0), text->length);
    const Size before = place_of(sentences->starts, sentences->number, window.start, 1) - 1;
    const Size behind = place_of(sentences->ends, sentences->number, window.end, 0);
    Size start = MAX(stretch.start, before >= 0 ? number_at(sentences->starts, before) : 0);
    Size end = MIN(stretch.end, behind < sentences->number ? number_at(sentences->ends, behind) : text->length);
    start = MIN(MAX(start, 0), text->length);
    end = MIN(MAX(end, 0), text->length);
    if (end - start > WIDTH) {
        if (window.end - start > WIDTH) {
            const Size lead = MIN(LEAD, MAX(WIDTH - window.end + window.start, 0) / 2);
            const Size wanted = end - window.start > WIDTH ? window.start - lead : end - WIDTH;
            start = word_start(text, MAX(wanted, start), window.start, start);
        }
        if (end - start > WIDTH)
            end = word_end(text, MAX(start + WIDTH, window.end), window.end, end);
    }
    return stripped(text, start, end);
}

/* Of two windows the better one: see passages.py. */
typedef struct {
    int fresh, words;
    Size gap, start, end;
} Window;

static int is_better(const Window *one, const Window *other)
{
    if (one->fresh != other->fresh)
        return one->fresh > other->fresh;
    if (one->words != other->words)
        return one->words > other->words;
    if (one->gap != other->gap)
        return one->gap < other->gap;
    if (one->start != other->start)
        return one->start < other->start;
    return one->end < other->end;
}

/* What is found, and what of it is shown already; `inside` and `counts` are room for one stretch. */
typedef struct {
    Match *matches;
    Size number;
    int words;
    int *counts, *are_shown;
    Size *inside;
} Found;

/* Take the best window of a stretch, if it is better than the one that is known. */
static int best_of(const Found *found, Span stretch, Window *best, int is_known)
{
    Size there = 0, first = 0;
    int fresh = 0, words = 0, is_taken = 0;
    memset(found->counts, 0, (size_t)found->words * sizeof *found->counts);
    for (Size i = 0; i < found->number; i++) {
        const Match *match = &found->matches[i];
        if (!match->is_left || match->start < stretch.start || match->end > stretch.end)
            continue;
        found->inside[there++] = i;
        if (!found->counts[match->word]++) {
            words++;
            fresh += !found->are_shown[match->word];
        }
        const Match *leading = &found->matches[found->inside[first]];
        while (leading != match && (found->counts[leading->word] > 1 || match->end - leading->start > WIDTH)) {
            if (!--found->counts[leading->word]) {
                words--;
                fresh -= !found->are_shown[leading->word];
            }
            leading = &found->matches[found->inside[++first]];
        }
        const Window window = {fresh, words, MAX(match->start - leading->end, 0), leading->start,
                               MAX(match->end, leading->end)};
        if (!is_known || is_better(&window, best)) {
            *best = window;
            is_known = is_taken = 1;
        }
    }
    return is_taken;
}

/* The stretches to show, in their order: how many. There is room for `most`, and in `free` for one more. */
static int choose(const Text *text, const Sentences *sentences, const Found *found, int most, Span *shown, Span *open)
{
    int number = 0, stretches = 1;
    open[0] = (Span){0, text->length};
    while (number < most) {
        Window best = {0};
        int at = -1;
        for (int i = 0; i < stretches; i++)
            if (best_of(found, open[i], &best, at >= 0))
                at = i;
        if (at < 0)
            break;
        const Span span = widened(text, (Span){best.start, best.end}, open[at], sentences);
        for (Size i = 0; i < found->number; i++) {
            Match *match = &found->matches[i];
            if (match->is_left && span.start <= match->start && match->end <= span.end)
                found->are_shown[match->word] = 1;
            match->is_left = match->is_left && (match->end <= span.start || span.end <= match->start);
        }
        int place = number++;
        for (; place && shown[place - 1].start > span.start; place--)
            shown[place] = shown[place - 1];
        shown[place] = span;
        memmove(open + at + 2, open + at + 1, (size_t)(stretches - at - 1) * sizeof *open);
        open[at + 1] = (Span){span.end, open[at].end};
        open[at].end = span.start;
        stretches++;
    }
    return number;
}

/* Marks inside a stretch as marks of its passage. */
static PyObject *marks_inside(PyObject *marks, Span span, Size shift)
{
    PyObject *list = PyList_New(0);
    for (Size i = 0; list && i < PyTuple_GET_SIZE(marks); i++) {
        Size start, end;
        if (read_span(PyTuple_GET_ITEM(marks, i), &start, &end) < 0) {
            Py_CLEAR(list);
            break;
        }
        if (start < span.start || end > span.end)
            continue;
        PyObject *mark = Py_BuildValue("nn", start + shift, end + shift);
        if (!mark || PyList_Append(list, mark) < 0)
            Py_CLEAR(list);
        Py_XDECREF(mark);
    }
    PyObject *tuple = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return tuple;
}

static PyObject *passage(const Text *text, Span span, const Sentences *sentences, PyObject *marks, PyObject *words,
                         PyTypeObject *type)
{
    const int is_begun = span.start == 0 || holds(sentences->starts, sentences->number, span.start);
    const int is_ended = span.end == text->length || holds(sentences->ends, sentences->number, span.end);
    const Size shift = (is_begun ? 0 : 2) - span.start;
    PyObject *said = PyUnicode_Substring(text->object, span.start, span.end);
    if (said && !(is_begun && is_ended)) {
        PyObject *whole = PyUnicode_FromFormat("%s%U%s", is_begun ? "" : "\xe2\x80\xa6 ", said, is_ended ? "" : " \xe2\x80\xa6");
        Py_DECREF(said);
        said = whole;
    }
    PyObject *items[] = {said, marks_inside(marks, span, shift), PyLong_FromSsize_t(span.start),
                         marks_inside(words, span, shift)};
    return named_tuple(type, items, 4);
}

/* Number the words of some matches: how many there are, -1 where something is no match. */
static int read_matches(PyObject *list, Match *matches)
{
    int words = 0;
    for (Size i = 0; i < PySequence_Fast_GET_SIZE(list); i++) {
        PyObject *match = PySequence_Fast_GET_ITEM(list, i);
        if (read_span(match, &matches[i].start, &matches[i].end) < 0)
            return -1;
        if (PyTuple_GET_SIZE(match) != 5 || !PyUnicode_Check(PyTuple_GET_ITEM(match, 2))) {
            PyErr_SetString(PyExc_TypeError, "a match is of no word");
            return -1;
        }
        PyObject *word = PyTuple_GET_ITEM(match, 2);
        Size other = 0;
        for (; other < i; other++) {
            PyObject *known = PyTuple_GET_ITEM(PySequence_Fast_GET_ITEM(list, other), 2);
            if (known == word || PyUnicode_Compare(known, word) == 0)
                break;
        }
        matches[i].word = other < i ? matches[other].word : words++;
        matches[i].is_left = 1;
    }
    return PyErr_Occurred() ? -1 : words;
}

/* text, matches, marks, words, starts, ends, most, type: the passages */
static PyObject *passages_of(PyObject *self, PyObject *const *given, Size number)
{
    Text text;
    if (number != 8 || !(PyList_Check(given[1]) || PyTuple_Check(given[1])) || !PyTuple_Check(given[2]) || !PyTuple_Check(given[3]) ||
        !PyList_Check(given[4]) || !PyList_Check(given[5]) || PyList_GET_SIZE(given[4]) != PyList_GET_SIZE(given[5])) {
        PyErr_SetString(PyExc_TypeError, "there are no matches, marks and sentences");
        return NULL;
    }
    for (int i = 4; i < 6; i++)
        for (Size at = 0; at < PyList_GET_SIZE(given[i]); at++)
            if (!PyLong_Check(PyList_GET_ITEM(given[i], at))) {
                PyErr_SetString(PyExc_TypeError, "a sentence begins or ends at no number");
                return NULL;
            } else if (PyLong_AsSsize_t(PyList_GET_ITEM(given[i], at)) == -1 && PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a sentence begins or ends behind all texts");
                return NULL;
            }
    const long most = PyLong_AsLong(given[6]);
    if (PyErr_Occurred() || open_text(given[0], &text) < 0 || !is_tuple_type(given[7]))
        return NULL;
    if (most < 1 || most > 100) {
        PyErr_SetString(PyExc_ValueError, "there are not so many passages");
        return NULL;
    }
    const Sentences sentences = {given[4], given[5], place_of(given[5], PyList_GET_SIZE(given[5]), text.length, 1)};
    const Size size = PySequence_Fast_GET_SIZE(given[1]);
    Found found = {.number = size};
    PyObject *all = NULL;
    Span *spans = PyMem_Malloc((size_t)(2 * most + 1) * sizeof *spans);
    found.matches = PyMem_Malloc((size_t)(size + 1) * sizeof *found.matches);
    found.inside = PyMem_Malloc((size_t)(size + 1) * sizeof *found.inside);
    found.counts = PyMem_Calloc((size_t)(2 * size + 1), sizeof *found.counts);
    if (!spans || !found.matches || !found.inside || !found.counts) {
        PyErr_NoMemory();
        goto done;
    }
    found.words = read_matches(given[1], found.matches);
    found.are_shown = found.counts + size;
    if (found.words < 0)
        goto done;
    int there = choose(&text, &sentences, &found, (int)most, spans, spans + most);
    if (!there && text.length) {
        const Size first = sentences.number ? number_at(sentences.starts, 0) : 0;
        spans[there++] = widened(&text, (Span){first, first}, (Span){0, text.length}, &sentences);
    }
    all = PyTuple_New(there);
    for (int i = 0; all && i < there; i++) {
        PyObject *one = passage(&text, spans[i], &sentences, given[2], given[3], (PyTypeObject *)given[7]);
        if (!one)
            Py_CLEAR(all);
        else
            PyTuple_SET_ITEM(all, i, one);
    }
    if (PyErr_Occurred())
        Py_CLEAR(all);
done:
    PyMem_Free(spans);
    PyMem_Free(found.matches);
    PyMem_Free(found.inside);
    PyMem_Free(found.counts);
    return all;
}

#define FUNCTION(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef functions[] = {
    FUNCTION(pieces_near), FUNCTION(matches_near), FUNCTION(marks_apart), FUNCTION(passages_of), {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_texts",
    .m_doc = "What texts.py names, in C.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__texts(void)
{
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddIntConstant(made, "VERSION", VERSION) < 0)
        Py_CLEAR(made);
    return made;
}
