#include "widgets/inspector/ValueStrip.h"

#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QtEndian>

#include <bit>

namespace sockeye {

namespace {

constexpr int Columns = 3;

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
        {QStringLiteral("f64 be"), real(bytes)},
        {QStringLiteral("bits"), bits(bytes)},
    };
}

ValueStrip::ValueStrip(QWidget *parent)
    : QFrame(parent)
{
    setProperty("strip", QStringLiteral("bottom"));
    setAccessibleName(tr("Values at the selection"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(theme::Gap + 2, 6, theme::Gap, 6);
    grid->setHorizontalSpacing(theme::Gap);
    grid->setVerticalSpacing(2);
    const QList<Value> none = valuesOf({});
    for (int i = 0; i < none.size(); ++i) {
        auto *name = new QLabel(none[i].name, this);
        name->setProperty("dim", true);
        name->setFont(theme::dataFont());
        auto *value = new QLabel(none[i].text, this);
        value->setFont(theme::dataFont());
        value->setAccessibleName(none[i].name);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        // Long numbers give way, they do not widen the window.
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        grid->addWidget(name, i / Columns, 2 * (i % Columns));
        grid->addWidget(value, i / Columns, 2 * (i % Columns) + 1);
        m_values.append(value);
    }
    for (int column = 0; column < Columns; ++column)
        grid->setColumnStretch(2 * column + 1, 1);
}

void ValueStrip::setBytes(const QByteArray &bytes)
{
    const QList<Value> values = valuesOf(bytes);
    for (int i = 0; i < values.size(); ++i)
        m_values[i]->setText(values[i].text);
}

} // namespace sockeye
