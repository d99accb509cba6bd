#pragma once

#include "base/StrongId.h"

#include <QMap>
#include <QString>

namespace sockeye {

/// What a person put on an entry, kept in the capture (docs/capture-format.md, table `annotation`).
struct Annotation
{
    /// Colours that an entry can be given; 0 is none. The window chooses the shades.
    static constexpr int ColourCount = 6;

    bool bookmarked = false;
    /// 0 to ColourCount.
    int colour = 0;
    QString note;

    [[nodiscard]] bool isEmpty() const { return !bookmarked && colour == 0 && note.isEmpty(); }
    friend bool operator==(const Annotation &, const Annotation &) = default;
};

/// In the order of the log; entries without an annotation are not in it. An empty one says that it is to be removed.
using AnnotationMap = QMap<EntryId, Annotation>;

} // namespace sockeye
