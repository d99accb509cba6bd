#pragma once

#include "fields/FieldFinder.h"

#include <QList>
#include <QStringList>

#include <optional>
#include <vector>

namespace sockeye {

/// What a message has where the path of a column leads.
struct FieldText
{
    enum class Kind : quint8 {
        None, ///< no such field
        Number,
        Words,
        Null,
        Unread ///< the message was too long to be looked into
    };

    Kind kind = Kind::None;
    QString text;

    friend bool operator==(const FieldText &, const FieldText &) = default;
};

/// Reads the fields of messages as the cells of columns: a number as it was written, a string without its quotes, of
/// what holds others the beginning of what it holds; all in a line. Keeps its memory from message to message. One
/// thread.
class FieldTexts final
{
public:
    /// Characters; what would come after is left out.
    static constexpr qsizetype MaxLength = 120;

    /// Nothing is found by a path that FieldPath cannot read.
    explicit FieldTexts(const QStringList &paths);

    [[nodiscard]] bool isEmpty() const { return m_finders.empty(); }
    /// The first field of the message for each of the paths.
    [[nodiscard]] QList<FieldText> in(const NodeTree &tree) const;
    /// Of a message that was not looked into.
    [[nodiscard]] QList<FieldText> unread() const;

private:
    std::vector<std::optional<FieldFinder>> m_finders;
};

} // namespace sockeye
