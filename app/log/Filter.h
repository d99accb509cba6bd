#pragma once

#include "capture/EntryQuery.h"

#include <QString>

#include <variant>

namespace sockeye {

/// Where and why a filter cannot be understood.
struct FilterError
{
    QString message;
    /// The offending character, counted from 0 in the text.
    qsizetype position = 0;
};

/// The filter line of the log: terms separated by spaces, all of which must hold.
///
///     dir:in | dir:out                              the direction
///     op:text (or type:) binary ping pong close raw event   the kind; op:a,b means either
///     size>1k  size<=64  size:0                     the payload's length; k, M, G are decimal
///     conn:2                                        one connection of the capture
///     word  "two words"                             in the payload; case counts only if a capital is typed; a
///                                                   backslash goes before " and \ between the marks
///     -term                                         not
///
/// An empty text matches all.
[[nodiscard]] std::variant<EntryQuery, FilterError> parseFilter(const QString &text);

} // namespace sockeye
