#include "widgets/options/OptionFields.h"

#include "endpoint/InvisibleCharacters.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace sockeye {
namespace {

constexpr int FieldWidth = 120;
constexpr int MillisecondDigits = 3;

double seconds(std::chrono::milliseconds duration)
{
    return static_cast<double>(duration.count()) / 1000;
}

} // namespace

NumberBox::NumberBox(double minimum, double maximum, int digits, QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(digits);
    setRange(minimum, maximum);
    setFieldWidth(this);
}

QString NumberBox::textFromValue(double value) const
{
    QLocale plain = locale();
    plain.setNumberOptions(plain.numberOptions() | QLocale::OmitGroupSeparator);
    QString text = plain.toString(value, 'f', decimals());
    const QString point = plain.decimalPoint();
    if (!text.contains(point))
        return text;
    while (text.endsWith(u'0'))
        text.chop(1);
    return text.endsWith(point) ? text.chopped(point.size()) : text;
}

SecondsBox::SecondsBox(Milliseconds minimum, Milliseconds maximum, QWidget *parent)
    : NumberBox(seconds(minimum), seconds(maximum), MillisecondDigits, parent)
{
    setSuffix(tr(" s"));
}

SecondsBox::Milliseconds SecondsBox::duration() const
{
    return Milliseconds(std::llround(value() * 1000));
}

void SecondsBox::setDuration(Milliseconds duration)
{
    setValue(seconds(duration));
}

SizeField::SizeField(qint64 minimum, qint64 maximum, QWidget *parent)
    : QWidget(parent)
    , m_minimum(minimum)
    , m_maximum(maximum)
    , m_number(new NumberBox(1, 1, 0, this))
    , m_unit(new QComboBox(this))
{
    constexpr qint64 Step = 1024;
    m_unit->addItem(tr("bytes"), qint64(1));
    // One of a larger unit would be more than the maximum.
    qint64 size = Step;
    for (const QString &name : {tr("KiB"), tr("MiB"), tr("GiB")}) {
        if (size <= m_maximum)
            m_unit->addItem(name, size);
        size *= Step;
    }
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_number);
    layout->addWidget(m_unit);
    layout->addStretch(1);
    setFocusProxy(m_number);
    updateRange();
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &SizeField::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        updateRange();
        Q_EMIT changed();
    });
}

qint64 SizeField::bytes() const
{
    return static_cast<qint64>(m_number->value()) * unit();
}

void SizeField::setBytes(qint64 size)
{
    const qint64 bytes = std::clamp(size, m_minimum, m_maximum);
    {
        const QSignalBlocker quiet(m_unit);
        int index = 0;
        while (index + 1 < m_unit->count() && bytes % m_unit->itemData(index + 1).toLongLong() == 0)
            ++index;
        m_unit->setCurrentIndex(index);
    }
    updateRange();
    const qint64 count = bytes / unit();
    m_number->setValue(static_cast<double>(count));
    Q_EMIT changed();
}

void SizeField::describe(const QString &name, const QString &toolTip)
{
    sockeye::describe(m_number, name, toolTip);
    sockeye::describe(m_unit, tr("%1: unit").arg(name), tr("The unit of the number"));
}

void SizeField::updateRange()
{
    const qint64 lowest = std::max(qint64(1), (m_minimum + unit() - 1) / unit());
    m_number->setRange(static_cast<double>(lowest), static_cast<double>(std::max(lowest, m_maximum / unit())));
}

qint64 SizeField::unit() const
{
    return m_unit->currentData().toLongLong();
}

SecretField::SecretField(const QString &name, const QString &toolTip, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
{
    describe(m_edit, name, toolTip);
    m_edit->setEchoMode(QLineEdit::Password);
    auto *show = new QPushButton(tr("Show"), this);
    show->setCheckable(true);
    show->setAutoDefault(false);
    describe(show, tr("Show: %1").arg(name), tr("Show what is typed"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_edit, 1);
    layout->addWidget(show);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &SecretField::changed);
    connect(show, &QPushButton::toggled, this, [this](bool shown) {
        m_edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        Q_EMIT changed();
    });
}

bool SecretField::isShown() const
{
    return m_edit->echoMode() == QLineEdit::Normal;
}

QString SecretField::text() const
{
    return m_edit->text();
}

void SecretField::setText(const QString &text)
{
    m_edit->setText(text);
}

void setFieldWidth(QAbstractSpinBox *box)
{
    box->setMinimumWidth(FieldWidth);
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QStringList listFromText(const QString &text)
{
    QStringList list = text.split(u',');
    std::transform(list.begin(), list.end(), list.begin(),
                   [](const QString &entry) { return withoutBlanks(entry).toString(); });
    list.removeAll(QString());
    return list;
}

} // namespace sockeye
