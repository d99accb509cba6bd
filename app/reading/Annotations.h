#pragma once

#include "base/Result.h"
#include "record/Annotation.h"

#include <QObject>

#include <functional>

namespace sockeye {

class CaptureLoader;

/// The annotations of one capture: all of them in memory (people made each), read once and written in the background.
/// Lives in the window's thread.
class Annotations final : public QObject
{
    Q_OBJECT

public:
    /// How changes reach the file: through the writer of a live capture, or into a closed file (AnnotationFile.h).
    /// Called in this thread; must not block. What it finds later cannot be kept comes back through takeBack().
    using Write = std::function<void(const AnnotationMap &)>;

    /// Reads what the capture has through the loader. What is changed until then is changed in what was read, too.
    Annotations(CaptureLoader &loader, Write write, QObject *parent = nullptr);
    ~Annotations() override;

    [[nodiscard]] const AnnotationMap &all() const { return m_all; }
    /// Null for an entry without any.
    [[nodiscard]] const Annotation *find(EntryId id) const;
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

    void set(EntryId id, const Annotation &annotation);
    void set(const AnnotationMap &changed);
    /// For many at once, as the log's menu does: bookmarks all if one is not, else none.
    void toggleBookmarks(const QList<EntryId> &ids);
    void setColour(const QList<EntryId> &ids, int colour);
    void setNote(const QList<EntryId> &ids, const QString &note);

    /// The nearest annotated entry after (or before) this one; EntryId() if there is none.
    [[nodiscard]] EntryId next(EntryId from, bool forward) const;

    /// What was given to be written before has reached the file.
    void setWritten() { Q_EMIT written(); }
    /// These could not be written: what the file has counts again, but for what has been changed anew since.
    void takeBack(const AnnotationMap &lost);
    /// Writes what the file does not have: after a writer stopped with something in its hands.
    void writeAgain();

Q_SIGNALS:
    /// Emitted when annotations between these entries have changed.
    void changed(sockeye::EntryId first, sockeye::EntryId last);
    /// The same change, entry by entry, in order; not told of those that have been read from the file.
    void edited(const QList<sockeye::EntryId> &ids);
    /// What the capture had is here.
    void loaded();
    void written();
    void failed(const QString &message);

private:
    using Edit = std::function<void(EntryId, Annotation &)>;

    void edit(const QList<EntryId> &ids, const Edit &edit);
    /// Returns what has changed.
    AnnotationMap apply(const QList<EntryId> &ids, const Edit &edit);
    void takeLoaded(const AnnotationMap &read);

    /// Calls `use` with what the file has now; a file that cannot be read has nothing.
    void readFile(std::function<void(const AnnotationMap &)> use);
    void put(EntryId id, const Annotation &one);

    CaptureLoader &m_loader;
    Write m_write;
    AnnotationMap m_all;
    bool m_loaded = false;
    /// What was done before the file had been read.
    QList<std::pair<QList<EntryId>, Edit>> m_early;
};

} // namespace sockeye
