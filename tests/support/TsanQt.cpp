// What orders two threads when one calls into the other by way of Qt, told to ThreadSanitizer. The distributions' Qt is
// not built with it: the lock around a thread's posted events is invisible, so all that a queued call hands over would
// look like a race, and suppressing that would hide the real ones. Linked into every program of the tsan build.
//
// Told is no more than Qt promises: what came before a call was posted comes before the call in its receiver's thread,
// a blocking call comes before its return, and an object's destruction before the end of its thread.

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QObject>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <functional>
#include <future>
#include <utility>

extern "C" {
void AnnotateIgnoreWritesBegin(const char *file, int line);
void AnnotateIgnoreWritesEnd(const char *file, int line);
}

namespace {

template<class Function>
Function *inQt(const char *symbol)
{
    void *found = dlsym(RTLD_NEXT, symbol);
    if (!found)
        qFatal("This Qt has no %s: TsanQt.cpp has to learn its new name", symbol);
    return reinterpret_cast<Function *>(found);
}

// While Qt posts a call it makes an event and copies arguments: after what is told here, so ThreadSanitizer must not
// look.
thread_local int t_postings = 0;

void beginPosting()
{
    ++t_postings;
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
}

void endPosting()
{
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    --t_postings;
}

// A slot that is called directly, in the midst of that, is looked at.
class Unposting final
{
public:
    Unposting()
    {
        for (int left = m_postings; left > 0; --left)
            endPosting();
    }
    ~Unposting()
    {
        for (int left = m_postings; left > 0; --left)
            beginPosting();
    }
    Q_DISABLE_COPY_MOVE(Unposting)

private:
    const int m_postings = t_postings;
};

// Stands before a slot: whoever calls it sees what came before the call was posted, whoever destroys it (Qt's count of
// those who hold it is invisible too) what came before the others let go of it.
class ToldSlot final : public QtPrivate::QSlotObjectBase
{
public:
    // `source`: what the poster released.
    ToldSlot(QtPrivate::QSlotObjectBase *slot, const void *source)
        : QSlotObjectBase(&ToldSlot::run)
        , m_slot(slot)
        , m_source(source)
    {
        __tsan_release(this);
    }

private:
    static void run(int what, QSlotObjectBase *base, QObject *receiver, void **arguments, bool *result)
    {
        auto *self = static_cast<ToldSlot *>(base);
        __tsan_acquire(base);
        switch (what) {
        case Call:
            __tsan_acquire(const_cast<void *>(self->m_source));
            {
                const Unposting here;
                self->m_slot->call(receiver, arguments);
            }
            __tsan_release(base);
            break;
        case Compare:
            *result = self->m_slot->compare(arguments);
            break;
        case Destroy:
            self->m_slot->destroyIfLastRef();
            delete self;
            break;
        default:
            break;
        }
    }

    QSlotObjectBase *m_slot;
    const void *m_source;
};

// What a thread of the pool runs sees what came before it was handed to the pool.
class ToldRunnable final : public QRunnable
{
public:
    explicit ToldRunnable(std::function<void()> work)
        : m_work(std::move(work))
    {
        __tsan_release(this);
    }
    ~ToldRunnable() override { __tsan_acquire(this); }
    Q_DISABLE_COPY_MOVE(ToldRunnable)

    void run() override
    {
        __tsan_acquire(this);
        m_work();
        // Whoever waits for the pool (QThreadPool::waitForDone()) is not told: what it waits for tells by itself.
        __tsan_release(this);
    }

private:
    std::function<void()> m_work;
};

// Events of other kinds: those that are posted as such, deleteLater().
bool beforeDispatch(void **arguments)
{
    __tsan_acquire(arguments[0]); // the receiver
    return false;                 // the event goes its way
}

const bool isRegistered = QInternal::registerCallback(QInternal::EventNotifyCallback, beforeDispatch);

} // namespace

// These stand before Qt's own, which they call.
extern "C" {

// QMetaObject::activate(QObject *sender, const QMetaObject *, int signal, void **arguments)
void _ZN11QMetaObject8activateEP7QObjectPKS_iPPv(QObject *sender, const QMetaObject *meta, int signal, void **arguments)
{
    static const auto next =
        inQt<void(QObject *, const QMetaObject *, int, void **)>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    __tsan_release(sender);
    beginPosting();
    next(sender, meta, signal, arguments);
    endPosting();
}

// QObject::connectImpl(), which all connections to members and functors come down to
QMetaObject::Connection
_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
    const QObject *sender, void **signal, const QObject *receiver, void **member, QtPrivate::QSlotObjectBase *slot,
    Qt::ConnectionType type, const int *types, const QMetaObject *meta)
{
    static const auto next = inQt<QMetaObject::Connection(const QObject *, void **, const QObject *, void **,
                                                          QtPrivate::QSlotObjectBase *, Qt::ConnectionType, const int *,
                                                          const QMetaObject *)>(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    return next(sender, signal, receiver, member, new ToldSlot(slot, sender), type, types, meta);
}

// QMetaObject::invokeMethodImpl(), which invokeMethod() with a functor comes down to
bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *returned)
{
    static const auto next = inQt<bool(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    auto *told = new ToldSlot(slot, receiver);
    told->ref();
    __tsan_release(receiver);
    beginPosting();
    const bool isPosted = next(receiver, told, type, returned);
    endPosting();
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(told);
    __tsan_release(told);
    told->destroyIfLastRef();
    return isPosted;
}

// QCoreApplication::postEvent(QObject *receiver, QEvent *, int priority)
void _ZN16QCoreApplication9postEventEP7QObjectP6QEventi(QObject *receiver, QEvent *event, int priority)
{
    static const auto next = inQt<void(QObject *, QEvent *, int)>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(receiver);
    next(receiver, event, priority);
}

// QThreadPool::start(QRunnable *, int priority)
void _ZN11QThreadPool5startEP9QRunnablei(QThreadPool *self, QRunnable *runnable, int priority)
{
    static const auto next = inQt<void(QThreadPool *, QRunnable *, int)>("_ZN11QThreadPool5startEP9QRunnablei");
    next(self, new ToldRunnable([runnable] {
             const bool isOurs = runnable->autoDelete();
             runnable->run();
             if (isOurs)
                 delete runnable;
         }),
         priority);
}

// QThreadPool::start(std::function<void()>, int priority)
void _ZN11QThreadPool5startESt8functionIFvvEEi(QThreadPool *self, std::function<void()> work, int priority)
{
    static const auto next = inQt<void(QThreadPool *, QRunnable *, int)>("_ZN11QThreadPool5startEP9QRunnablei");
    next(self, new ToldRunnable(std::move(work)), priority);
}

// QObject::deleteLater(). It is connected to, and an odd address in a pointer to a member says that it is virtual.
__attribute__((aligned(16))) void _ZN7QObject11deleteLaterEv(QObject *self)
{
    static const auto next = inQt<void(QObject *)>("_ZN7QObject11deleteLaterEv");
    __tsan_release(self);
    next(self);
}

// QObject::~QObject()
void _ZN7QObjectD2Ev(QObject *self)
{
    static const auto next = inQt<void(QObject *)>("_ZN7QObjectD2Ev");
    if (QThread *thread = self->thread())
        __tsan_release(thread);
    next(self);
}

// QThread::createThreadImpl(std::future<void> &&), which QThread::create() comes down to
QThread *_ZN7QThread16createThreadImplEOSt6futureIvE(std::future<void> &&work)
{
    static const auto next = inQt<QThread *(std::future<void> &&)>("_ZN7QThread16createThreadImplEOSt6futureIvE");
    return next(std::async(std::launch::deferred, [work = std::move(work)]() mutable {
        work.get();
        __tsan_release(QThread::currentThread());
    }));
}

// QThread::wait(QDeadlineTimer)
bool _ZN7QThread4waitE14QDeadlineTimer(QThread *self, QDeadlineTimer deadline)
{
    static const auto next = inQt<bool(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool isEnded = next(self, deadline);
    if (isEnded)
        __tsan_acquire(self);
    return isEnded;
}

} // extern "C"
