#pragma once

#include <QStringList>

namespace sockeye {

/// What a capture has that a filter may ask for, to be suggested while one is typed.
struct FilterHints
{
    /// The URLs of its connections, in their order; empty for a number that none has.
    QStringList connections = {};
    /// Ids of formats, kinds and names of messages, topics, fields by name and by path: what decoded messages had.
    QStringList formats = {};
    QStringList messages = {};
    QStringList topics = {};
    QStringList fields = {};

    friend bool operator==(const FilterHints &, const FilterHints &) = default;
};

} // namespace sockeye
