#pragma once

#include "base/Result.h"
#include "plot/PlotUnit.h"
#include "search/FieldPath.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace sockeye {

/// What a line of a plot is of: a field of messages, or what is known of each without looking into it.
struct PlotField
{
    enum class Kind : quint8 {
        Field,
        Size,     ///< of messages, after inflating
        WireSize, ///< of messages, on the wire
        Rate,     ///< messages of each second
        Latency,  ///< of pongs: the time since the ping
        Delta     ///< of messages: the time since the one before
    };

    Kind kind = Kind::Field;
    /// Of a field, as FieldPath reads it.
    QString path = {};

    /// A field of messages; the error says what is wrong with the text.
    [[nodiscard]] static Result<PlotField> ofPath(const QString &path);
    /// What id() said once.
    [[nodiscard]] static std::optional<PlotField> fromId(QStringView id);

    /// For caches and settings; never changes: "size", "field:$.price".
    [[nodiscard]] QString id() const;
    /// For people: "Size", "$.price".
    [[nodiscard]] QString name() const;
    [[nodiscard]] PlotUnit unit() const;
    /// Whether messages have to be decoded for it.
    [[nodiscard]] bool needsDecoding() const { return kind == Kind::Field; }

    friend bool operator==(const PlotField &, const PlotField &) = default;
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::PlotField)
