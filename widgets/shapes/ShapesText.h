#pragma once

#include <QAbstractItemModel>

namespace sockeye {

class ShapesModel;

enum class ShapesTextFormat : quint8 { TabSeparated, Markdown };

/// The kinds of messages in the order of `rows` (indexes of the model), with a line of titles: numbers as numbers, and
/// words so that they mean nothing else there.
[[nodiscard]] QString shapesText(const ShapesModel &model, const QModelIndexList &rows, ShapesTextFormat format);

} // namespace sockeye
