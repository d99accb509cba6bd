#pragma once

#include "record/Annotation.h"

namespace sockeye {

/// What the annotations of a capture say, as Markdown: a line each, in the order of the log. `title` is what was
/// captured. Words are written so that they mean nothing else there.
[[nodiscard]] QString notesAsMarkdown(const QString &title, const AnnotationMap &annotations);

/// What an annotation says in a line: its note on one line, or that the entry is bookmarked or coloured.
[[nodiscard]] QString noteLine(const Annotation &annotation);

} // namespace sockeye
