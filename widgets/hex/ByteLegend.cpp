#include "widgets/hex/ByteLegend.h"

#include "widgets/hex/HexStyles.h"
#include "widgets/style/Theme.h"

#include <QPainter>

#include <array>

namespace sockeye {

namespace {

/// A byte of each class that stands for the others.
constexpr std::array<quint8, 4> legendBytes{'a', 0x0a, 0x00, 0xff};

QString legendName(ByteClass byteClass)
{
    switch (byteClass) {
    case ByteClass::Printable:
        return ByteLegend::tr("printable");
    case ByteClass::Control:
        return ByteLegend::tr("control");
    case ByteClass::Zero:
        return ByteLegend::tr("zero");
    case ByteClass::High:
        break;
    }
    return ByteLegend::tr("high (80–ff)");
}

/// As it stands in the view, and what it is.
struct LegendItem
{
    QString sample;
    QString name;
    ByteClass byteClass = ByteClass::Printable;
    QPoint place;
};

} // namespace

ByteClass byteClass(quint8 byte)
{
    if (byte == 0)
        return ByteClass::Zero;
    if (byte >= 0x80)
        return ByteClass::High;
    return byte >= 0x20 && byte < 0x7f ? ByteClass::Printable : ByteClass::Control;
}

QChar byteSign(quint8 byte)
{
    switch (byteClass(byte)) {
    case ByteClass::Printable:
        return QChar(char16_t{byte});
    case ByteClass::Control:
        return u'•';
    case ByteClass::Zero:
        return u'·';
    case ByteClass::High:
        break;
    }
    return u'×';
}

QColor byteColor(const ThemeColors &colors, ByteClass byteClass)
{
    switch (byteClass) {
    case ByteClass::Printable:
        return colors.text;
    case ByteClass::Control:
        return colors.controlByte;
    case ByteClass::Zero:
        return colors.dimText;
    case ByteClass::High:
        break;
    }
    return colors.highByte;
}

ByteLegend::ByteLegend(QWidget *parent)
    : QWidget(parent)
{
    setProperty("strip", QStringLiteral("bottom"));
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    QStringList words;
    for (const quint8 byte : legendBytes)
        words += QStringLiteral("%1 %2").arg(byteSign(byte)).arg(legendName(byteClass(byte)));
    setAccessibleName(tr("Legend of the bytes"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setToolTip(tr("The colour of each byte, and what stands for it beside: printable characters as themselves"));
    connect(&HexStyles::shared(), &HexStyles::changed, this, &ByteLegend::updateStyle);
    updateStyle();
}

void ByteLegend::updateStyle()
{
    setVisible(HexStyles::shared().style().coloring == HexStyle::Coloring::Class);
    updateGeometry();
    update();
}

namespace {

/// From left to right, in as many lines as they need.
QList<LegendItem> legendItems(const QFontMetrics &letters, const QFontMetrics &words, int width)
{
    QList<LegendItem> items;
    const int line = std::max(letters.height(), words.height()) + 2;
    QPoint place(theme::Gap + 2, 3);
    for (const quint8 byte : legendBytes) {
        LegendItem item;
        item.byteClass = byteClass(byte);
        item.sample = HexStyles::shared().style().byteText(byte) + u' ' + byteSign(byte);
        item.name = legendName(item.byteClass);
        const int size = letters.horizontalAdvance(item.sample) + theme::Gap / 2 + words.horizontalAdvance(item.name);
        if (place.x() + size > width - theme::Gap && place.x() > theme::Gap + 2)
            place = QPoint(theme::Gap + 2, place.y() + line);
        item.place = place;
        place.rx() += size + 2 * theme::Gap;
        items.append(item);
    }
    return items;
}

} // namespace

int ByteLegend::heightOf(int width) const
{
    const QFontMetrics letters(theme::dataFont());
    const int line = std::max(letters.height(), fontMetrics().height()) + 2;
    return legendItems(letters, fontMetrics(), width).constLast().place.y() + line + 2;
}

QSize ByteLegend::sizeHint() const
{
    return {0, heightOf(width())};
}

QSize ByteLegend::minimumSizeHint() const
{
    return {0, heightOf(width())};
}

void ByteLegend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (heightOf(width()) != height())
        updateGeometry();
}

void ByteLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = theme::colors(palette());
    const QFontMetrics letters(theme::dataFont());
    const int ascent = std::max(letters.ascent(), fontMetrics().ascent());
    for (const LegendItem &item : legendItems(letters, fontMetrics(), width())) {
        painter.setFont(theme::dataFont());
        painter.setPen(byteColor(colors, item.byteClass));
        painter.drawText(item.place.x(), item.place.y() + ascent, item.sample);
        painter.setFont(font());
        painter.setPen(colors.dimText);
        painter.drawText(item.place.x() + letters.horizontalAdvance(item.sample) + theme::Gap / 2,
                         item.place.y() + ascent, item.name);
    }
}

} // namespace sockeye
