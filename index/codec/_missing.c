/* See missing.py. Who reads a mapped page that the file no longer has is sent SIGBUS, which ends the process. Here a
   page of zeros is put in its place and counted, and the read goes on. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#if defined(__GNUC__) && (defined(__linux__) || defined(__APPLE__))
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static uintptr_t page_size;
static unsigned long missing;
static struct sigaction before; /* who was told before */

static void on_bus_error(int number, siginfo_t *info, void *context)
{
    const int error = errno;
    void *page = (void *)((uintptr_t)info->si_addr & ~(page_size - 1));
    (void)context;
    if (info->si_code == BUS_ADRERR &&
        mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) == page) {
        __atomic_add_fetch(&missing, 1, __ATOMIC_SEQ_CST);
        errno = error;
        return;
    }
    sigaction(number, &before, NULL); /* something else: it comes again, to them */
    raise(number);
}

static PyObject *watch(PyObject *self, PyObject *nothing)
{
    static int is_watching; /* once: who came after us would otherwise hand on to us, and we to them */
    struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    if (is_watching)
        Py_RETURN_NONE;
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, &action, &before) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    is_watching = 1;
    Py_RETURN_NONE;
}

static PyObject *count(PyObject *self, PyObject *nothing)
{
    return PyLong_FromUnsignedLong(__atomic_load_n(&missing, __ATOMIC_SEQ_CST));
}
#else
static PyObject *watch(PyObject *self, PyObject *nothing)
{
    Py_RETURN_NONE;
}

static PyObject *count(PyObject *self, PyObject *nothing)
{
    return PyLong_FromLong(0);
}
#endif

static PyMethodDef functions[] = {
    {"watch", watch, METH_NOARGS, NULL},
    {"count", count, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_missing",
    .m_doc = "Reads of pages that mapped files no longer have.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__missing(void)
{
    return PyModule_Create(&module);
}
