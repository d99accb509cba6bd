#include "widgets/options/ProtocolPage.h"

#include "endpoint/EndpointBounds.h"
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
using namespace std::chrono_literals;

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
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addCompression();
    addControl();
    addLimits();
    for (QCheckBox *box : {m_deflate, m_serverTakeover, m_clientTakeover})
        connect(box, &QCheckBox::toggled, this, &ProtocolPage::changed);
    for (QSpinBox *box : {m_serverWindow, m_clientWindow, m_lines, m_redirects})
        connect(box, &QSpinBox::valueChanged, this, &ProtocolPage::changed);
    for (QComboBox *box : {m_pong.when, m_close.when, m_payloadKind})
        connect(box, &QComboBox::currentIndexChanged, this, &ProtocolPage::changed);
    for (SecondsBox *box : {m_pong.delay, m_close.delay})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ProtocolPage::changed);
    for (SizeField *field : {m_message, m_head})
        connect(field, &SizeField::changed, this, &ProtocolPage::changed);
    connect(m_payload, &QLineEdit::textChanged, this, &ProtocolPage::changed);
}

void ProtocolPage::addCompression()
{
    m_form->addHeading(tr("Compression"));
    const auto tick = [this](const QString &text, const QString &name, const QString &toolTip) {
        auto *box = new QCheckBox(text, this);
        describe(box, name, toolTip);
        m_form->addRow({}, box);
        return box;
    };
    m_deflate = tick(tr("&Offer permessage-deflate"), tr("Offer permessage-deflate"),
                     tr("Let the server compress messages, and compress ours (RFC 7692)"));
    m_serverTakeover =
        tick(tr("Server starts each message &afresh (server_no_context_takeover)"), tr("server_no_context_takeover"),
             tr("Ask the server to forget earlier messages: less memory here, less saved"));
    m_clientTakeover =
        tick(tr("&We start each message afresh (client_no_context_takeover)"), tr("client_no_context_takeover"),
             tr("Forget earlier messages when compressing: less memory there, less saved"));
    m_serverWindow = addWindow(tr("&Server's window"), tr("server_max_window_bits"),
                               tr("The server looks back 2 to this power bytes at most; 15 is not named in the offer"));
    m_clientWindow = addWindow(tr("O&ur window"), tr("client_max_window_bits"),
                               tr("We look back 2 to this power bytes at most when compressing"));
}

QSpinBox *ProtocolPage::addWindow(const QString &label, const QString &name, const QString &toolTip)
{
    auto *box = new QSpinBox(this);
    box->setRange(bounds::SmallestWindowBits, bounds::LargestWindowBits);
    box->setSuffix(tr(" bits"));
    setFieldWidth(box);
    describe(box, name, toolTip);
    m_form->addRow(label, box);
    return box;
}

void ProtocolPage::addControl()
{
    m_form->addHeading(tr("Answers to control frames"));
    m_pong = addAnswer(tr("&Pong to a ping"), tr("Pong"), tr("When a ping is answered"));
    m_payloadRow = new QWidget(this);
    m_payloadKind = new QComboBox(m_payloadRow);
    m_payloadKind->addItem(tr("The ping's"), OfPing);
    m_payloadKind->addItem(tr("Text"), Text);
    m_payloadKind->addItem(tr("Hex"), Hex);
    describe(m_payloadKind, tr("Pong payload"), tr("What pongs carry"));
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
    m_close = addAnswer(tr("&Close to a close"), tr("Close"), tr("When the server's close is answered"));
    m_warning = m_form->addNote(tr("This breaks RFC 6455 section 5.5 on purpose, to see what the server makes of it."));
    m_warning->setProperty("dim", false);
    m_warning->setProperty("warning", true);
}

ProtocolPage::AnswerFields ProtocolPage::addAnswer(const QString &label, const QString &name, const QString &toolTip)
{
    AnswerFields fields;
    fields.row = new QWidget(this);
    fields.when = new QComboBox(fields.row);
    fields.when->addItem(tr("At once"), static_cast<int>(Answer::AtOnce));
    fields.when->addItem(tr("Delayed by"), static_cast<int>(Answer::Delayed));
    fields.when->addItem(tr("Never"), static_cast<int>(Answer::Never));
    describe(fields.when, name, toolTip);
    fields.delay = new SecondsBox(1ms, bounds::LongestTime, fields.row);
    describe(fields.delay, tr("%1: delay").arg(name), tr("How long the answer is held back"));
    auto *layout = new QHBoxLayout(fields.row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(fields.when);
    layout->addWidget(fields.delay);
    layout->addStretch(1);
    fields.row->setFocusProxy(fields.when);
    m_form->addRow(label, fields.row);
    return fields;
}

void ProtocolPage::addLimits()
{
    m_form->addHeading(tr("Limits"));
    m_message = new SizeField(1, bounds::LargestMessage, this);
    m_message->describe(tr("Largest message"), tr("A larger one, after inflating, fails the connection with 1009"));
    m_form->addRow(tr("Largest &message"), m_message);
    m_head = new SizeField(1, bounds::LargestHead, this);
    m_head->describe(tr("Largest handshake head"), tr("A larger reply to the handshake is refused"));
    m_form->addRow(tr("Largest &head"), m_head);
    m_lines = new QSpinBox(this);
    m_lines->setRange(1, bounds::MostHeadLines);
    setFieldWidth(m_lines);
    describe(m_lines, tr("Most lines in the head"), tr("A reply to the handshake with more lines is refused"));
    m_form->addRow(tr("Most &lines in it"), m_lines);
    m_redirects = new QSpinBox(this);
    m_redirects->setRange(0, bounds::MostRedirects);
    m_redirects->setSpecialValueText(tr("Not followed"));
    setFieldWidth(m_redirects);
    describe(m_redirects, tr("Redirects"), tr("How many redirects are followed at most; 0 for none"));
    m_form->addRow(tr("&Redirects"), m_redirects);
}

void ProtocolPage::load(const Endpoint &endpoint)
{
    const DeflateOptions &deflate = endpoint.deflate;
    m_deflate->setChecked(deflate.offered);
    m_serverTakeover->setChecked(deflate.serverNoContextTakeover);
    m_clientTakeover->setChecked(deflate.clientNoContextTakeover);
    m_serverWindow->setValue(deflate.serverMaxWindowBits);
    m_clientWindow->setValue(deflate.clientMaxWindowBits);
    const ControlPolicy &control = endpoint.control;
    m_pong.when->setCurrentIndex(m_pong.when->findData(static_cast<int>(control.pong)));
    m_pong.delay->setDuration(control.pongDelay);
    setPayload(control.pongPayload);
    m_close.when->setCurrentIndex(m_close.when->findData(static_cast<int>(control.close)));
    m_close.delay->setDuration(control.closeDelay);
    m_message->setBytes(endpoint.limits.message);
    m_head->setBytes(endpoint.limits.headBytes);
    m_lines->setValue(endpoint.limits.headLines);
    m_redirects->setValue(endpoint.maxRedirects);
    Q_EMIT changed();
}

void ProtocolPage::store(Endpoint &endpoint) const
{
    endpoint.deflate.offered = m_deflate->isChecked();
    endpoint.deflate.serverNoContextTakeover = m_serverTakeover->isChecked();
    endpoint.deflate.clientNoContextTakeover = m_clientTakeover->isChecked();
    endpoint.deflate.serverMaxWindowBits = m_serverWindow->value();
    endpoint.deflate.clientMaxWindowBits = m_clientWindow->value();
    endpoint.control.pong = static_cast<Answer>(m_pong.when->currentData().toInt());
    endpoint.control.pongDelay = m_pong.delay->duration();
    endpoint.control.pongPayload = payload();
    endpoint.control.close = static_cast<Answer>(m_close.when->currentData().toInt());
    endpoint.control.closeDelay = m_close.delay->duration();
    endpoint.limits.message = m_message->bytes();
    endpoint.limits.headBytes = m_head->bytes();
    endpoint.limits.headLines = m_lines->value();
    endpoint.maxRedirects = m_redirects->value();
}

bool ProtocolPage::check(const Endpoint &endpoint)
{
    const DeflateOptions &deflate = endpoint.deflate;
    for (QWidget *field : {static_cast<QWidget *>(m_serverTakeover), static_cast<QWidget *>(m_clientTakeover),
                           static_cast<QWidget *>(m_serverWindow), static_cast<QWidget *>(m_clientWindow)})
        m_form->setRowEnabled(field, deflate.offered);
    const ControlPolicy &control = endpoint.control;
    m_pong.delay->setVisible(control.pong == Answer::Delayed);
    m_close.delay->setVisible(control.close == Answer::Delayed);
    m_form->setRowEnabled(m_payloadRow, control.pong != Answer::Never);
    m_payload->setVisible(m_payloadKind->currentData().toInt() != OfPing);
    m_form->setProblem(m_payloadRow, problemOfPayload());
    m_warning->setVisible(control.pong != Answer::AtOnce || control.close != Answer::AtOnce ||
                          !control.pongPayload.isNull());
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

QString ProtocolPage::problemOfPayload() const
{
    const int kind = m_payloadKind->currentData().toInt();
    if (kind == Hex && !isHex(m_payload->text()))
        return tr("This is not hex: write two digits for each byte, as in 0a ff.");
    if (kind != OfPing && payload().size() > bounds::LongestControlPayload)
        return tr("This is %1 bytes. A pong carries 125 at most (RFC 6455 section 5.5).").arg(payload().size());
    return {};
}

} // namespace sockeye
