#include "widgets/hex/ValueStrip.h"

#include "widgets/controls/Describe.h"
#include "widgets/hex/ValueTable.h"
#include "widgets/style/Theme.h"

#include <QLabel>
#include <QToolButton>
#include <QtEndian>

#include <bit>

namespace sockeye {

namespace {

constexpr int MaxColumns = 3;
/// "u32 be " and "u32 be 4294967295".
constexpr int CharsPerName = 7;
constexpr int CharsPerColumn = 17;
constexpr int Margin = theme::Gap + 2;
constexpr int VerticalMargin = 6;
/// Of all values, so many are in sight: the bytes keep the larger part of the page.
constexpr int TableRows = 10;
constexpr int LeastTableRows = 3;

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
    , m_toggle(new QToolButton(this))
    , m_table(new ValueTable(this))
{
    setProperty("strip", QStringLiteral("bottom"));
    setAccessibleName(tr("Values at the selection"));
    for (const Value &value : valuesOf({})) {
        addLabel(m_names, value.name)->setProperty("dim", true);
        addLabel(m_values, value.text)->setAccessibleName(value.name);
    }
    m_table->hide();
    m_toggle->setCheckable(true);
    m_toggle->setArrowType(Qt::UpArrow);
    describe(m_toggle, tr("All values"), tr("Show all values at the selection, in both byte orders"));
    connect(m_toggle, &QToolButton::toggled, this, &ValueStrip::setShowsAll);
    connect(m_toggle, &QToolButton::clicked, this, &ValueStrip::showsAllChanged);
    connect(m_table, &ValueTable::valueChosen, this, &ValueStrip::valueChosen);
    updatePolicy();
}

QLabel *ValueStrip::addLabel(QList<QLabel *> &labels, const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setFont(theme::dataFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    labels.append(label);
    return label;
}

int ValueStrip::charWidth() const
{
    return QFontMetrics(m_values.first()->font()).horizontalAdvance(u'0');
}

int ValueStrip::rowHeight() const
{
    return QFontMetrics(m_values.first()->font()).height() + 2;
}

bool ValueStrip::showsAll() const
{
    return m_toggle->isChecked();
}

void ValueStrip::setShowsAll(bool shows)
{
    m_toggle->setChecked(shows);
    m_toggle->setArrowType(shows ? Qt::DownArrow : Qt::UpArrow);
    for (QLabel *label : m_names + m_values)
        label->setVisible(!shows);
    // A hidden table would leave the focus to whatever comes next.
    if (!shows && m_table->hasFocus())
        m_toggle->setFocus(Qt::OtherFocusReason);
    m_table->setVisible(shows);
    updatePolicy();
}

/// The few lines take what they need, which in a narrow strip is more than its size hint: a fixed height would cut the
/// last one. The table leaves room where there is little.
void ValueStrip::updatePolicy()
{
    QSizePolicy policy(QSizePolicy::Preferred, showsAll() ? QSizePolicy::Preferred : QSizePolicy::Minimum);
    policy.setHeightForWidth(!showsAll());
    setSizePolicy(policy);
}

/// What the button leaves.
int ValueStrip::widthForLabels(int width) const
{
    return width - 2 * Margin - m_toggle->sizeHint().width();
}

int ValueStrip::columnsFor(int width) const
{
    return std::clamp(widthForLabels(width) / (CharsPerColumn * charWidth() + theme::Gap), 1, MaxColumns);
}

int ValueStrip::heightForWidth(int width) const
{
    if (showsAll())
        return m_table->heightOf(TableRows);
    const int columns = columnsFor(width);
    const int rows = (static_cast<int>(m_values.size()) + columns - 1) / columns;
    return rows * rowHeight() + 2 * VerticalMargin;
}

QSize ValueStrip::sizeHint() const
{
    const int width =
        MaxColumns * (CharsPerColumn * charWidth() + theme::Gap) + 2 * Margin + m_toggle->sizeHint().width();
    return {width, heightForWidth(width)};
}

QSize ValueStrip::minimumSizeHint() const
{
    // A narrow strip has fewer columns: the values must not widen the window.
    return {0, showsAll() ? m_table->heightOf(LeastTableRows) : sizeHint().height()};
}

void ValueStrip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const QSize button = m_toggle->sizeHint();
    m_toggle->setGeometry(QRect({width() - button.width() - 2, 2}, button));
    m_table->setGeometry(0, 0, width() - button.width() - 4, height());
    placeLabels();
}

void ValueStrip::placeLabels()
{
    const int columns = columnsFor(width());
    const int columnWidth = widthForLabels(width()) / columns;
    const int nameWidth = CharsPerName * charWidth();
    for (int i = 0; i < m_values.size(); ++i) {
        const int x = Margin + i % columns * columnWidth;
        const int y = VerticalMargin + i / columns * rowHeight();
        // The float is last and the longest: it gets the rest of the line.
        const int right = i + 1 == m_values.size() ? Margin + widthForLabels(width()) : x + columnWidth;
        m_names[i]->setGeometry(x, y, nameWidth, rowHeight());
        m_values[i]->setGeometry(x + nameWidth, y, right - x - nameWidth, rowHeight());
    }
}

void ValueStrip::setBytes(const QByteArray &bytes)
{
    const QList<Value> values = valuesOf(bytes);
    for (int i = 0; i < values.size(); ++i)
        m_values[i]->setText(values[i].text);
    m_table->setBytes(bytes);
}

} // namespace sockeye
