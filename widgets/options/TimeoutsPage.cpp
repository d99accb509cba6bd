#include "widgets/options/TimeoutsPage.h"

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

using std::chrono::milliseconds;

constexpr int Percent = 100;
constexpr int FactorDigits = 3;

/// "0.5 s"
QString delayText(milliseconds duration)
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
    return isNumber && fieldOf(&Endpoint::reconnect, &ReconnectPolicy::closeCodes).isInBounds(code);
}

/// Entries that are no close code are left out: problemOfCodes() names them.
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
            return TimeoutsPage::tr("“%1” is no close code. Write numbers such as 1001 or 4000, separated by commas.")
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
        delays += delayText(delayBefore(policy, attempt));
    QString list = delays.join(u", "_s);
    // What comes after those shown: the delay goes on growing up to the last attempt's, or to the maximum.
    const milliseconds last = policy.attempts > 0 ? delayBefore(policy, policy.attempts)
                              : policy.factor > 1 ? policy.maximum
                                                  : delayBefore(policy, 1);
    if (last > delayBefore(policy, count))
        list = TimeoutsPage::tr("%1, … %2").arg(list, delayText(last));
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
    , m_fields(*this, *m_form)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addTimeouts();
    addKeepalive();
    addReconnect();
}

void TimeoutsPage::addTimeouts()
{
    m_form->addHeading(tr("Timeouts"));
    m_form->addRow(tr("&Connecting"), m_fields.addSeconds(fieldOf(&Endpoint::timeouts, &Timeouts::connect),
                                                          tr("From dialling to the server's complete reply")));
    m_form->addRow(tr("C&losing"), m_fields.addSeconds(fieldOf(&Endpoint::timeouts, &Timeouts::close),
                                                       tr("How long our close waits for the server's")));
    m_form->addRow(tr("&Idle"), m_fields.addSeconds(fieldOf(&Endpoint::timeouts, &Timeouts::idle),
                                                    tr("How long the server may send nothing; 0 for ever")));
}

void TimeoutsPage::addKeepalive()
{
    m_form->addHeading(tr("Keepalive"));
    m_form->addRow(tr("&Ping every"),
                   m_fields.addSeconds(fieldOf(&Endpoint::keepalive, &KeepalivePolicy::interval),
                                       tr("How often we ping while the connection is open; 0 for never")));
    QSpinBox *deadAfter =
        m_fields.addInteger(fieldOf(&Endpoint::keepalive, &KeepalivePolicy::deadAfter),
                            tr("The connection is given up when that many pings in a row have no pong"));
    deadAfter->setSpecialValueText(tr("Never"));
    deadAfter->setSuffix(tr(" pings without a pong"));
    m_form->addRow(tr("&Dead after"), deadAfter);
    m_deadAfter = deadAfter;
}

void TimeoutsPage::addReconnect()
{
    m_form->addHeading(tr("Automatic reconnect"));
    m_form->addRow({}, m_fields.addSwitch(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::enabled),
                                          tr("Connect &again after an end that was not asked for"),
                                          tr("Never after a refusal with 4xx")));
    const auto add = [this](const QString &label, QWidget *field) {
        m_form->addRow(label, field);
        m_ofReconnect += field;
    };
    add(tr("&First delay"), m_fields.addSeconds(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::first),
                                                tr("How long is waited before the first attempt")));
    add(tr("Facto&r"), m_fields.addNumber(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::factor), FactorDigits,
                                          tr("Each delay is so many times the one before")));
    add(tr("Lon&gest delay"),
        m_fields.addSeconds(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::maximum), tr("No delay is longer")));
    add(tr("&Jitter"), m_fields.addPercentage(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::jitter),
                                              tr("Each delay is more or less by chance, by this share at most")));
    QSpinBox *attempts = m_fields.addInteger(fieldOf(&Endpoint::reconnect, &ReconnectPolicy::attempts),
                                             tr("How many in a row at most; 0 for no end"));
    attempts->setSpecialValueText(tr("Endless"));
    add(tr("Atte&mpts"), attempts);
    addCodes();
    add(tr("Cl&ose codes"), m_codes);
    m_summary = m_form->addNote({});
    m_summary->setAccessibleName(tr("What this means"));
}

void TimeoutsPage::addCodes()
{
    const EndpointField &field = fieldOf(&Endpoint::reconnect, &ReconnectPolicy::closeCodes);
    m_codes = new QLineEdit(this);
    m_codes->setPlaceholderText(tr("All but 1000; or e.g. 1001, 1006, 1012"));
    describe(m_codes, field.name(),
             tr("After which close codes to connect again, separated by commas; 1006 for an end without a close"));
    m_fields.add(
        field, m_codes, [this] { return FieldValue(codesFromText(m_codes->text())); },
        [this](const FieldValue &value) { m_codes->setText(textOfCodes(std::get<QList<quint16>>(value))); });
    connect(m_codes, &QLineEdit::textChanged, this, &TimeoutsPage::changed);
}

void TimeoutsPage::load(const Endpoint &endpoint)
{
    m_fields.load(endpoint);
    Q_EMIT changed();
}

void TimeoutsPage::store(Endpoint &endpoint) const
{
    m_fields.store(endpoint);
}

bool TimeoutsPage::check(const Endpoint &endpoint, const QList<EndpointProblem> &problems)
{
    const ReconnectPolicy &reconnect = endpoint.reconnect;
    m_form->setRowEnabled(m_deadAfter, endpoint.keepalive.interval.count() > 0);
    for (QWidget *field : std::as_const(m_ofReconnect))
        m_form->setRowEnabled(field, reconnect.enabled);
    m_summary->setText(reconnect.enabled ? reconnectText(reconnect) : QString());
    m_fields.showProblems(problems);
    if (reconnect.enabled)
        m_form->setProblem(m_codes, problemOfCodes(m_codes->text()));
    return m_form->isValid();
}

} // namespace sockeye
