#include "widgets/inspector/ValueStrip.h"

#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QtEndian>

#include <bit>

namespace sockeye {

namespace {

constexpr int MaxColumns = 3;
/// "u32 be 4294967295".
constexpr int CharsPerColumn = 18;

QString absent()
{
    return QStringLiteral("–");
}

template<typename T>
QString integer(const QByteArray &bytes, bool bigEndian)
{
    if (bytes.size() < static_cast<qsizetype>(sizeof(T)))
        return absent();
    return QString::number(bigEndian ? qFromBigEndian<T>(bytes.constData()) : qFromLittleEndian<T>(bytes.constData()));
}

QString real(const QByteArray &bytes)
{
    if (bytes.size() < static_cast<qsizetype>(sizeof(quint64)))
        return absent();
    const auto value = std::bit_cast<double>(qFromBigEndian<quint64>(bytes.constData()));
    return QString::number(value, 'g', 10);
}

QString bits(const QByteArray &bytes)
{
    return bytes.isEmpty() ? absent()
                           : QStringLiteral("%1").arg(static_cast<quint8>(bytes.front()), 8, 2, QLatin1Char('0'));
}

} // namespace

QList<ValueStrip::Value> ValueStrip::valuesOf(const QByteArray &bytes)
{
    return {
        {QStringLiteral("u8"), integer<quint8>(bytes, true)},
        {QStringLiteral("i8"), integer<qint8>(bytes, true)},
        {QStringLiteral("u16 le"), integer<quint16>(bytes, false)},
        {QStringLiteral("u16 be"), integer<quint16>(bytes, true)},
        {QStringLiteral("u32 le"), integer<quint32>(bytes, false)},
        {QStringLiteral("u32 be"), integer<quint32>(bytes, true)},
        {QStringLiteral("bits"), bits(bytes)},
        {QStringLiteral("f64 be"), real(bytes)},
    };
}

ValueStrip::ValueStrip(QWidget *parent)
    : QFrame(parent)
    , m_grid(new QGridLayout(this))
{
    setProperty("strip", QStringLiteral("bottom"));
    setAccessibleName(tr("Values at the selection"));
    m_grid->setContentsMargins(theme::Gap + 2, 6, theme::Gap, 6);
    m_grid->setHorizontalSpacing(theme::Gap);
    m_grid->setVerticalSpacing(2);
    for (const Value &value : valuesOf({})) {
        addLabel(m_names, value.name)->setProperty("dim", true);
        addLabel(m_values, value.text)->setAccessibleName(value.name);
    }
    layOut(MaxColumns);
}

QLabel *ValueStrip::addLabel(QList<QLabel *> &labels, const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setFont(theme::dataFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    labels.append(label);
    return label;
}

void ValueStrip::layOut(int columns)
{
    if (columns == m_columns)
        return;
    for (int column = 0; column < m_columns; ++column)
        m_grid->setColumnStretch(2 * column + 1, 0);
    m_columns = columns;
    for (int i = 0; i < m_values.size(); ++i) {
        const int column = i % columns;
        // The float comes last and needs the most room: it gets what the line has left.
        const int span = i + 1 == m_values.size() ? 2 * (columns - column) - 1 : 1;
        m_grid->addWidget(m_names[i], i / columns, 2 * column);
        m_grid->addWidget(m_values[i], i / columns, 2 * column + 1, 1, span);
        m_grid->setColumnStretch(2 * column + 1, 1);
    }
}

void ValueStrip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const int charWidth = QFontMetrics(m_values.first()->font()).horizontalAdvance(u'0');
    const int columnWidth = CharsPerColumn * charWidth + 2 * theme::Gap;
    layOut(std::clamp((width() - theme::Gap) / columnWidth, 1, MaxColumns));
}

QSize ValueStrip::minimumSizeHint() const
{
    // Narrow gives fewer columns; the values must not widen the window.
    return {0, QFrame::minimumSizeHint().height()};
}

void ValueStrip::setBytes(const QByteArray &bytes)
{
    const QList<Value> values = valuesOf(bytes);
    for (int i = 0; i < values.size(); ++i)
        m_values[i]->setText(values[i].text);
}

} // namespace sockeye
