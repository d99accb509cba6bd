#include "widgets/options/TimeoutsPage.h"

#include "endpoint/EndpointBounds.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr int Percent = 100;

/// "0.5 s"
QString secondsText(milliseconds duration)
{
    return TimeoutsPage::tr("%1 s").arg(QLocale().toString(static_cast<double>(duration.count()) / 1000, 'g', 6));
}

milliseconds delayBefore(const ReconnectPolicy &policy, int attempt)
{
    const double delay = static_cast<double>(policy.first.count()) * std::pow(policy.factor, attempt - 1);
    return milliseconds(static_cast<qint64>(std::min(delay, static_cast<double>(policy.maximum.count()))));
}

bool isCloseCode(const QString &text)
{
    bool isNumber = false;
    const int code = text.toInt(&isNumber);
    return isNumber && code >= 1000 && code <= 4999;
}

/// What is no close code is left out: it is told of, or nobody uses it.
QList<quint16> codesFromText(const QString &text)
{
    QList<quint16> codes;
    const QStringList parts = listFromText(text);
    for (const QString &part : parts) {
        if (isCloseCode(part))
            codes += part.toUShort();
    }
    return codes;
}

QString textOfCodes(const QList<quint16> &codes)
{
    QStringList parts;
    for (const quint16 code : codes)
        parts += QString::number(code);
    return parts.join(u", "_s);
}

QString problemOfCodes(const QString &text)
{
    const QStringList parts = listFromText(text);
    for (const QString &part : parts) {
        if (!isCloseCode(part))
            return TimeoutsPage::tr("“%1” is no close code. Write numbers from 1000 to 4999, separated by commas.")
                .arg(part);
    }
    return {};
}

} // namespace

QString reconnectText(const ReconnectPolicy &policy)
{
    constexpr int Shown = 4;
    const int count = policy.attempts > 0 ? std::min(Shown, policy.attempts) : Shown;
    QStringList delays;
    for (int attempt = 1; attempt <= count; ++attempt)
        delays += secondsText(delayBefore(policy, attempt));
    QString list = delays.join(u", "_s);
    // What comes after those shown: the delay goes on growing up to the last attempt's, or to the maximum.
    const milliseconds last =
        policy.attempts > 0 ? delayBefore(policy, policy.attempts) : delayBefore(policy, bounds::MostAttempts);
    if (last > delayBefore(policy, count))
        list = TimeoutsPage::tr("%1, … %2").arg(list, secondsText(last));
    QString text = policy.jitter > 0 ? TimeoutsPage::tr("Waits %1, each up to %2 % more or less.")
                                           .arg(list, QLocale().toString(policy.jitter * Percent, 'g', 4))
                                     : TimeoutsPage::tr("Waits %1.").arg(list);
    text += u' ';
    if (policy.attempts == 0)
        return text + TimeoutsPage::tr("Never gives up.");
    return text + (policy.attempts == 1
                       ? TimeoutsPage::tr("Gives up after 1 attempt.")
                       : TimeoutsPage::tr("Gives up after %n attempts in a row.", nullptr, policy.attempts));
}

TimeoutsPage::TimeoutsPage(QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addTimeouts();
    addKeepalive();
    addReconnect();
    for (NumberBox *box :
         std::initializer_list<NumberBox *>{m_connect, m_close, m_interval, m_first, m_factor, m_maximum, m_jitter})
        connect(box, &QDoubleSpinBox::valueChanged, this, &TimeoutsPage::changed);
    for (QSpinBox *box : {m_deadAfter, m_attempts})
        connect(box, &QSpinBox::valueChanged, this, &TimeoutsPage::changed);
    connect(m_reconnect, &QCheckBox::toggled, this, &TimeoutsPage::changed);
    connect(m_codes, &QLineEdit::textChanged, this, &TimeoutsPage::changed);
}

void TimeoutsPage::addTimeouts()
{
    m_form->addHeading(tr("Timeouts"));
    m_connect = new SecondsBox(1ms, bounds::LongestTime, this);
    describe(m_connect, tr("Connect timeout"), tr("From dialling to the server's complete reply"));
    m_form->addRow(tr("&Connecting"), m_connect);
    m_close = new SecondsBox(1ms, bounds::LongestTime, this);
    describe(m_close, tr("Close timeout"), tr("How long our close waits for the server's"));
    m_form->addRow(tr("C&losing"), m_close);
}

void TimeoutsPage::addKeepalive()
{
    m_form->addHeading(tr("Keepalive"));
    m_interval = new SecondsBox(0ms, bounds::LongestTime, this);
    m_interval->setSpecialValueText(tr("Off"));
    describe(m_interval, tr("Ping interval"), tr("How often we ping while the connection is open; 0 for never"));
    m_form->addRow(tr("&Ping every"), m_interval);
    m_deadAfter = new QSpinBox(this);
    m_deadAfter->setRange(0, bounds::MostUnansweredPings);
    m_deadAfter->setSpecialValueText(tr("Never"));
    m_deadAfter->setSuffix(tr(" pings without a pong"));
    setFieldWidth(m_deadAfter);
    describe(m_deadAfter, tr("Dead after"),
             tr("The connection is given up when that many pings in a row have no pong"));
    m_form->addRow(tr("&Dead after"), m_deadAfter);
}

void TimeoutsPage::addReconnect()
{
    m_form->addHeading(tr("Automatic reconnect"));
    m_reconnect = new QCheckBox(tr("Connect &again after an end that was not asked for"), this);
    describe(m_reconnect, tr("Connect again automatically"), tr("Never after a refusal with 4xx"));
    m_form->addRow({}, m_reconnect);
    m_first = new SecondsBox(1ms, bounds::LongestTime, this);
    describe(m_first, tr("First delay"), tr("How long is waited before the first attempt"));
    m_form->addRow(tr("&First delay"), m_first);
    m_factor = new NumberBox(1, bounds::LargestFactor, 3, this);
    describe(m_factor, tr("Factor"), tr("Each delay is so many times the one before"));
    m_form->addRow(tr("Facto&r"), m_factor);
    m_maximum = new SecondsBox(1ms, bounds::LongestTime, this);
    describe(m_maximum, tr("Longest delay"), tr("No delay is longer"));
    m_form->addRow(tr("Lon&gest delay"), m_maximum);
    m_jitter = new NumberBox(0, Percent, 2, this);
    m_jitter->setSuffix(tr(" %"));
    describe(m_jitter, tr("Jitter"), tr("Each delay is more or less by chance, by this share at most"));
    m_form->addRow(tr("&Jitter"), m_jitter);
    m_attempts = new QSpinBox(this);
    m_attempts->setRange(0, bounds::MostAttempts);
    m_attempts->setSpecialValueText(tr("Endless"));
    setFieldWidth(m_attempts);
    describe(m_attempts, tr("Attempts"), tr("How many in a row at most; 0 for no end"));
    m_form->addRow(tr("Atte&mpts"), m_attempts);
    m_codes = new QLineEdit(this);
    m_codes->setPlaceholderText(tr("All but 1000; or e.g. 1001, 1006, 1012"));
    describe(m_codes, tr("Close codes"),
             tr("After which close codes to connect again, separated by commas; 1006 for an end without a close"));
    m_form->addRow(tr("Cl&ose codes"), m_codes);
    m_summary = m_form->addNote({});
    m_summary->setAccessibleName(tr("What this means"));
}

void TimeoutsPage::load(const Endpoint &endpoint)
{
    m_connect->setDuration(endpoint.timeouts.connect);
    m_close->setDuration(endpoint.timeouts.close);
    m_interval->setDuration(endpoint.keepalive.interval);
    m_deadAfter->setValue(endpoint.keepalive.deadAfter);
    const ReconnectPolicy &reconnect = endpoint.reconnect;
    m_reconnect->setChecked(reconnect.enabled);
    m_first->setDuration(reconnect.first);
    m_factor->setValue(reconnect.factor);
    m_maximum->setDuration(reconnect.maximum);
    m_jitter->setValue(reconnect.jitter * Percent);
    m_attempts->setValue(reconnect.attempts);
    m_codes->setText(textOfCodes(reconnect.closeCodes));
    Q_EMIT changed();
}

void TimeoutsPage::store(Endpoint &endpoint) const
{
    endpoint.timeouts.connect = m_connect->duration();
    endpoint.timeouts.close = m_close->duration();
    endpoint.keepalive.interval = m_interval->duration();
    endpoint.keepalive.deadAfter = m_deadAfter->value();
    ReconnectPolicy &reconnect = endpoint.reconnect;
    reconnect.enabled = m_reconnect->isChecked();
    reconnect.first = m_first->duration();
    reconnect.factor = m_factor->value();
    reconnect.maximum = m_maximum->duration();
    reconnect.jitter = m_jitter->value() / Percent;
    reconnect.attempts = m_attempts->value();
    reconnect.closeCodes = codesFromText(m_codes->text());
}

bool TimeoutsPage::check(const Endpoint &endpoint)
{
    const ReconnectPolicy &reconnect = endpoint.reconnect;
    m_form->setRowEnabled(m_deadAfter, endpoint.keepalive.interval > 0ms);
    for (QWidget *field : std::initializer_list<QWidget *>{m_first, m_factor, m_maximum, m_jitter, m_attempts, m_codes})
        m_form->setRowEnabled(field, reconnect.enabled);
    m_summary->setText(reconnect.enabled ? reconnectText(reconnect) : QString());
    m_form->setProblem(m_maximum, reconnect.enabled && reconnect.maximum < reconnect.first
                                      ? tr("The longest delay is shorter than the first one.")
                                      : QString());
    m_form->setProblem(m_codes, reconnect.enabled ? problemOfCodes(m_codes->text()) : QString());
    return m_form->isValid();
}

} // namespace sockeye
