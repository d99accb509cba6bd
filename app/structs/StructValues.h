#pragma once

#include "structs/StructProgram.h"

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// A value as it is shown.
struct StructValue
{
    QString text;
    /// What it means: the name of an enum's value, the moment, the number with its unit.
    QString note;
    /// What stands for it in a line.
    QString told;
};

/// An unsigned integer of up to eight bytes.
[[nodiscard]] quint64 structInteger(QByteArrayView bytes, ByteOrder order);
/// The same with its uppermost bit as sign.
[[nodiscard]] qint64 signedStructInteger(quint64 number, qsizetype size);
/// Of two, four or eight bytes.
[[nodiscard]] double structFloat(QByteArrayView bytes, const StructType &type);
[[nodiscard]] StructValue structValue(const StructField &field, StructNumber number);
/// `number` is what structFloat() says of these bytes.
[[nodiscard]] StructValue structValue(const StructField &field, double number);
/// What a value of an enum is called; empty for none.
[[nodiscard]] QString enumText(const StructEnum &names, StructNumber number);

} // namespace sockeye
