#pragma once

#include "base/StrongId.h"
#include "record/Annotation.h"

#include <QObject>

namespace sockeye {

/// Where the capture that a tab shows comes from: a Recording, a CaptureMerge, or a file (FileSource). Lives in the
/// window's thread, as its signals do.
class CaptureSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The capture's file. It may not be there yet (isCreated()).
    [[nodiscard]] virtual QString path() const = 0;
    /// Whether the file has been made. A source that makes its file tells so later, by created().
    [[nodiscard]] virtual bool isCreated() const = 0;
    /// Whether entries may still come while this source exists.
    [[nodiscard]] virtual bool isLive() const = 0;
    /// Has the annotations of these entries written (an empty one is removed); annotated() follows. Returns false and
    /// does nothing if this source does not write the capture, or not any more: they can be written into the file then.
    virtual bool annotate(const AnnotationMap &annotations) = 0;

Q_SIGNALS:
    /// Emitted when the file has been made and can be read; not for a file that was there from the beginning.
    void created();
    /// Emitted when the capture has grown up to this entry, at most 60 times a second.
    void advanced(sockeye::EntryId last);
    /// Emitted when a connection's record was added or written anew.
    void connectionsChanged();
    /// Emitted when the annotations that annotate() was given have reached the file.
    void annotated();
    /// Emitted when the capture cannot be written any more, or not all of it; says why.
    void failed(const QString &message);
};

} // namespace sockeye
