#include "widgets/options/ProtocolPage.h"

#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using Answer = ControlPolicy::Answer;

enum PayloadKind { OfPing, Text, Hex };

bool isReadable(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
}

bool isHex(const QString &text)
{
    const QString digits = QString(text).remove(u' ');
    return digits.size() % 2 == 0 && std::all_of(digits.begin(), digits.end(), [](QChar c) {
               return QStringView(u"0123456789abcdefABCDEF").contains(c);
           });
}

} // namespace

ProtocolPage::ProtocolPage(QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
    , m_fields(*this, *m_form)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addCompression();
    addControl();
    addLimits();
}

void ProtocolPage::addCompression()
{
    m_form->addHeading(tr("Compression"));
    const auto tick = [this](const EndpointField &field, const QString &text, const QString &toolTip) {
        QCheckBox *box = m_fields.addSwitch(field, text, toolTip);
        m_form->addRow({}, box);
        return box;
    };
    tick(fieldOf(&Endpoint::deflate, &DeflateOptions::offered), tr("&Offer permessage-deflate"),
         tr("Let the server compress messages, and compress ours (RFC 7692)"));
    m_ofCompression = {
        tick(fieldOf(&Endpoint::deflate, &DeflateOptions::serverNoContextTakeover),
             tr("Server starts each message &afresh (server_no_context_takeover)"),
             tr("Ask the server to forget earlier messages: less memory here, less saved")),
        tick(fieldOf(&Endpoint::deflate, &DeflateOptions::clientNoContextTakeover),
             tr("&We start each message afresh (client_no_context_takeover)"),
             tr("Forget earlier messages when compressing: less memory there, less saved")),
        addWindow(tr("&Server's window"), fieldOf(&Endpoint::deflate, &DeflateOptions::serverMaxWindowBits),
                  tr("The server looks back 2 to this power bytes at most; 15 is not named in the offer")),
        addWindow(tr("O&ur window"), fieldOf(&Endpoint::deflate, &DeflateOptions::clientMaxWindowBits),
                  tr("We look back 2 to this power bytes at most when compressing"))};
}

QWidget *ProtocolPage::addWindow(const QString &label, const EndpointField &field, const QString &toolTip)
{
    QSpinBox *box = m_fields.addInteger(field, toolTip);
    box->setSuffix(tr(" bits"));
    m_form->addRow(label, box);
    return box;
}

void ProtocolPage::addControl()
{
    m_form->addHeading(tr("Answers to control frames"));
    m_pongDelay = addAnswer(tr("&Pong to a ping"), fieldOf(&Endpoint::control, &ControlPolicy::pong),
                            fieldOf(&Endpoint::control, &ControlPolicy::pongDelay), tr("When a ping is answered"));
    addPayload();
    m_closeDelay =
        addAnswer(tr("&Close to a close"), fieldOf(&Endpoint::control, &ControlPolicy::close),
                  fieldOf(&Endpoint::control, &ControlPolicy::closeDelay), tr("When the server's close is answered"));
    m_warning = m_form->addNote(tr("This breaks RFC 6455 section 5.5 on purpose, to see what the server makes of it."));
    m_warning->setProperty("dim", false);
    m_warning->setProperty("warning", true);
}

void ProtocolPage::addPayload()
{
    const EndpointField &field = fieldOf(&Endpoint::control, &ControlPolicy::pongPayload);
    m_payloadRow = new QWidget(this);
    m_payloadKind = new QComboBox(m_payloadRow);
    m_payloadKind->addItem(tr("The ping's"), OfPing);
    m_payloadKind->addItem(tr("Text"), Text);
    m_payloadKind->addItem(tr("Hex"), Hex);
    describe(m_payloadKind, field.name(), tr("What pongs carry"));
    m_payload = new QLineEdit(m_payloadRow);
    m_payload->setFont(theme::dataFont());
    describe(m_payload, tr("Pong payload content"), tr("125 bytes at most"));
    auto *layout = new QHBoxLayout(m_payloadRow);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_payloadKind);
    layout->addWidget(m_payload, 1);
    m_payloadRow->setFocusProxy(m_payloadKind);
    m_form->addRow(tr("Pong pa&yload"), m_payloadRow);
    m_fields.add(
        field, m_payloadRow, [this] { return FieldValue(payload()); },
        [this](const FieldValue &value) { setPayload(std::get<QByteArray>(value)); });
    connect(m_payloadKind, &QComboBox::currentIndexChanged, this, &ProtocolPage::changed);
    connect(m_payload, &QLineEdit::textChanged, this, &ProtocolPage::changed);
}

QWidget *ProtocolPage::addAnswer(const QString &label, const EndpointField &when, const EndpointField &delay,
                                 const QString &toolTip)
{
    auto *row = new QWidget(this);
    QComboBox *choice = m_fields.addChoice(when, toolTip);
    SecondsBox *seconds = m_fields.addSeconds(delay, tr("How long the answer is held back"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(choice);
    layout->addWidget(seconds);
    layout->addStretch(1);
    row->setFocusProxy(choice);
    m_form->addRow(label, row);
    return seconds;
}

void ProtocolPage::addLimits()
{
    m_form->addHeading(tr("Limits"));
    m_form->addRow(tr("Largest &message"),
                   m_fields.addSize(fieldOf(&Endpoint::limits, &ReceiveLimits::message),
                                    tr("A larger one, after inflating, fails the connection with 1009")));
    m_form->addRow(tr("Largest &head"), m_fields.addSize(fieldOf(&Endpoint::limits, &ReceiveLimits::headBytes),
                                                         tr("A larger reply to the handshake is refused")));
    m_form->addRow(tr("Most &lines in it"),
                   m_fields.addInteger(fieldOf(&Endpoint::limits, &ReceiveLimits::headLines),
                                       tr("A reply to the handshake with more lines is refused")));
    QSpinBox *redirects = m_fields.addInteger(fieldOf(&Endpoint::maxRedirects),
                                              tr("How many redirects are followed at most; 0 for none"));
    redirects->setSpecialValueText(tr("Not followed"));
    m_form->addRow(tr("&Redirects"), redirects);
    m_form->addRow(QString(), m_fields.addSwitch(fieldOf(&Endpoint::cookies), tr("Send coo&kies that were set"),
                                                 tr("What a redirect or an earlier connection has set goes along to "
                                                    "the same host; forgotten with the session")));
}

void ProtocolPage::load(const Endpoint &endpoint)
{
    m_fields.load(endpoint);
    Q_EMIT changed();
}

void ProtocolPage::store(Endpoint &endpoint) const
{
    m_fields.store(endpoint);
}

bool ProtocolPage::check(const Endpoint &endpoint, const QList<EndpointProblem> &problems)
{
    for (QWidget *field : std::as_const(m_ofCompression))
        m_form->setRowEnabled(field, endpoint.deflate.offered);
    const ControlPolicy &control = endpoint.control;
    m_pongDelay->setVisible(control.pong == Answer::Delayed);
    m_closeDelay->setVisible(control.close == Answer::Delayed);
    m_form->setRowEnabled(m_payloadRow, control.pong != Answer::Never);
    m_payload->setVisible(m_payloadKind->currentData().toInt() != OfPing);
    m_warning->setVisible(control.pong != Answer::AtOnce || control.close != Answer::AtOnce ||
                          !control.pongPayload.isNull());
    m_fields.showProblems(problems);
    if (m_payloadKind->currentData().toInt() == Hex && !isHex(m_payload->text()))
        m_form->setProblem(m_payloadRow, tr("This is not hex: write two digits for each byte, as in 0a ff."));
    return m_form->isValid();
}

void ProtocolPage::setPayload(const QByteArray &payload)
{
    const QString text = QString::fromUtf8(payload);
    const bool asText = text.toUtf8() == payload && isReadable(text);
    const PayloadKind kind = payload.isNull() ? OfPing : asText ? Text : Hex;
    m_payloadKind->setCurrentIndex(m_payloadKind->findData(kind));
    m_payload->setText(asText ? text : QString::fromLatin1(payload.toHex(' ')));
}

QByteArray ProtocolPage::payload() const
{
    // Not null: a payload of no bytes is another one than the ping's.
    const auto notNull = [](const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; };
    switch (m_payloadKind->currentData().toInt()) {
    case Text:
        return notNull(m_payload->text().toUtf8());
    case Hex:
        return notNull(QByteArray::fromHex(m_payload->text().toLatin1()));
    default:
        return {};
    }
}

} // namespace sockeye
