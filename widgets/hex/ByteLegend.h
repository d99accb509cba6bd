#pragma once

#include "widgets/hex/HexStyle.h"

#include <QWidget>

namespace sockeye {

struct ThemeColors;

/// What kind of byte it is: what hex views may be coloured by.
enum class ByteClass : quint8 {
    Printable, ///< a character of ASCII that is seen, or a blank
    Control,
    Zero,
    High ///< no ASCII
};

[[nodiscard]] ByteClass byteClass(quint8 byte);
/// What stands for it in the column of text, so that no class is told by its colour alone; of a printable byte itself.
[[nodiscard]] QChar byteSign(quint8 byte);
[[nodiscard]] QColor byteColor(const ThemeColors &colors, ByteClass byteClass);

/// Says which colours and signs the classes of bytes have, as long as hex views are coloured by class.
class ByteLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit ByteLegend(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateStyle();
    [[nodiscard]] int heightOf(int width) const;
};

} // namespace sockeye
