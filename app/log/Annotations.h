#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "capture/Annotation.h"

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
    /// How changes reach the file: through the writer of a live capture, or into a closed file. Called in this thread;
    /// must not block. An error it meets later comes back through setFailed().
    using Write = std::function<void(const AnnotationMap &)>;

    /// Reads what the capture has through the loader.
    Annotations(CaptureLoader &loader, Write write, QObject *parent = nullptr);
    ~Annotations() override;

    [[nodiscard]] const AnnotationMap &all() const { return m_all; }
    /// Null for an entry without any.
    [[nodiscard]] const Annotation *find(EntryId id) const;

    void set(EntryId id, const Annotation &annotation);
    void set(const AnnotationMap &changed);
    /// For many at once, as the log's menu does: bookmarks all if one is not, else none.
    void toggleBookmarks(const QList<EntryId> &ids);
    void setColour(const QList<EntryId> &ids, int colour);
    void setNote(const QList<EntryId> &ids, const QString &note);

    /// The nearest annotated entry after (or before) this one; EntryId() if there is none.
    [[nodiscard]] EntryId next(EntryId from, bool forward) const;

Q_SIGNALS:
    /// Something between these entries is another now.
    void changed(sockeye::EntryId first, sockeye::EntryId last);
    void failed(const QString &message);

private:
    CaptureLoader &m_loader;
    Write m_write;
    AnnotationMap m_all;
};

} // namespace sockeye
