#include "widgets/composer/RawFrameEdit.h"

#include "base/Bytes.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/Payload.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr qsizetype KeySize = 4;
constexpr int Opcodes = 16;

QHBoxLayout *addRow(QVBoxLayout &rows)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap);
    rows.addLayout(row);
    return row;
}

/// A combo box is called by its label where screen readers take its text for its name.
QLabel *labelFor(QComboBox *box, const QString &text)
{
    auto *label = new QLabel(text, box->parentWidget());
    label->setBuddy(box);
    label->setProperty("dim", true);
    return label;
}

/// "0x9 ping"
QString opcodeText(int opcode)
{
    return u"0x%1 %2"_s.arg(QString::number(opcode, 16).toUpper(), isReserved(static_cast<Opcode>(opcode))
                                                                       ? RawFrameEdit::tr("reserved")
                                                                       : opcodeName(static_cast<Opcode>(opcode)));
}

} // namespace

RawFrameEdit::RawFrameEdit(QWidget *parent)
    : QWidget(parent)
    , m_fin(new QCheckBox(u"FIN"_s, this))
    , m_opcode(new QComboBox(this))
    , m_masked(new QCheckBox(tr("Mask"), this))
    , m_key(new QLineEdit(this))
    , m_random(new QPushButton(tr("Random"), this))
    , m_lengthForm(new QComboBox(this))
    , m_claims(new QCheckBox(tr("but claim"), this))
    , m_claimed(new QLineEdit(this))
    , m_form(new QComboBox(this))
    , m_payload(new MessageEdit(this))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    buildBits(*rows);
    buildMask(*rows);
    buildLength(*rows);
    buildPayload(*rows);
    randomizeKey();
    QWidget *before = m_fin;
    for (QWidget *next : QWidgetList{m_rsv[0], m_rsv[1], m_rsv[2], m_opcode, m_masked, m_key, m_random, m_lengthForm,
                                     m_claims, m_claimed, m_form, m_payload}) {
        setTabOrder(before, next);
        before = next;
    }
}

void RawFrameEdit::buildBits(QVBoxLayout &rows)
{
    QHBoxLayout *row = addRow(rows);
    m_fin->setChecked(true);
    describe(m_fin, u"FIN"_s, tr("This frame is the last of its message"));
    row->addWidget(m_fin);
    connect(m_fin, &QCheckBox::toggled, this, &RawFrameEdit::changed);
    for (int bit = 1; bit <= 3; ++bit) {
        auto *box = new QCheckBox(u"RSV%1"_s.arg(bit), this);
        describe(box, box->text(),
                 bit == 1 ? tr("Reserved bit 1: compressed, where permessage-deflate was agreed on")
                          : tr("Reserved bit %1: no extension gives it a meaning").arg(bit));
        connect(box, &QCheckBox::toggled, this, &RawFrameEdit::changed);
        m_rsv += box;
        row->addWidget(box);
    }
    for (int opcode = 0; opcode < Opcodes; ++opcode)
        m_opcode->addItem(opcodeText(opcode));
    m_opcode->setCurrentIndex(static_cast<int>(Opcode::Text));
    describe(m_opcode, tr("Opcode"), tr("What kind of frame this is (RFC 6455 section 5.2)"));
    connect(m_opcode, &QComboBox::currentIndexChanged, this, &RawFrameEdit::changed);
    row->addWidget(labelFor(m_opcode, tr("Opcode")));
    row->addWidget(m_opcode);
    row->addStretch(1);
}

void RawFrameEdit::buildMask(QVBoxLayout &rows)
{
    QHBoxLayout *row = addRow(rows);
    m_masked->setChecked(true);
    describe(m_masked, tr("Mask"), tr("Mask the payload, as a client must (RFC 6455 section 5.1)"));
    m_key->setFont(theme::dataFont());
    m_key->setMaximumWidth(140);
    describe(m_key, tr("Masking key"), tr("Four bytes in hex"));
    m_random->setAutoDefault(false);
    describe(m_random, tr("Random masking key"), tr("Take another key, as a client must for every frame"));
    row->addWidget(m_masked);
    row->addWidget(m_key);
    row->addWidget(m_random);
    row->addStretch(1);
    connect(m_masked, &QCheckBox::toggled, this, [this](bool masked) {
        m_key->setEnabled(masked);
        m_random->setEnabled(masked);
        Q_EMIT changed();
    });
    connect(m_key, &QLineEdit::textChanged, this, &RawFrameEdit::changed);
    connect(m_random, &QPushButton::clicked, this, &RawFrameEdit::randomizeKey);
}

void RawFrameEdit::buildLength(QVBoxLayout &rows)
{
    QHBoxLayout *row = addRow(rows);
    // In the order of RawFrame::LengthForm.
    m_lengthForm->addItems({tr("shortest form"), tr("7 bits"), tr("16 bits"), tr("64 bits")});
    describe(m_lengthForm, tr("Length form"), tr("The bits that hold the length (RFC 6455 section 5.2)"));
    describe(m_claims, tr("Claim another length"), tr("Write a length into the header that is not the payload's"));
    m_claimed->setText(u"125"_s);
    m_claimed->setEnabled(false);
    m_claimed->setMaximumWidth(170);
    describe(m_claimed, tr("Length claimed"), tr("What the header says, in bytes"));
    row->addWidget(labelFor(m_lengthForm, tr("Length")));
    row->addWidget(m_lengthForm);
    row->addWidget(m_claims);
    row->addWidget(m_claimed);
    row->addStretch(1);
    connect(m_lengthForm, &QComboBox::currentIndexChanged, this, &RawFrameEdit::changed);
    connect(m_claims, &QCheckBox::toggled, this, [this](bool claims) {
        m_claimed->setEnabled(claims);
        Q_EMIT changed();
    });
    connect(m_claimed, &QLineEdit::textChanged, this, &RawFrameEdit::changed);
}

void RawFrameEdit::buildPayload(QVBoxLayout &rows)
{
    QHBoxLayout *row = addRow(rows);
    m_form->addItems({tr("Text"), tr("Hex")});
    describe(m_form, tr("Payload written as"), tr("Whether the payload is written as text or in hex digits"));
    m_payload->setFont(theme::dataFont());
    m_payload->setPlaceholderText(tr("Payload"));
    m_payload->setMinimumHeight(44);
    describe(m_payload, tr("Payload of the raw frame"), {});
    auto *left = new QVBoxLayout;
    left->setSpacing(2);
    left->addWidget(labelFor(m_form, tr("Payload as")));
    left->addWidget(m_form);
    left->addStretch(1);
    row->addLayout(left);
    row->addWidget(m_payload, 1);
    rows.setStretchFactor(row, 1);
    connect(m_form, &QComboBox::currentIndexChanged, this, &RawFrameEdit::changeForm);
    connect(m_payload, &QPlainTextEdit::textChanged, this, &RawFrameEdit::changed);
}

void RawFrameEdit::randomizeKey()
{
    const quint32 random = QRandomGenerator::global()->generate();
    m_key->setText(hexText(QByteArrayView(reinterpret_cast<const char *>(&random), KeySize)));
}

void RawFrameEdit::changeForm()
{
    // The bytes stay where they can be written in the other form.
    const auto bytes = payload();
    m_isHex = m_form->currentIndex() == 1;
    if (bytes) {
        const auto type = m_isHex ? PayloadType::Hex : PayloadType::Text;
        if (const auto text = payloadText(type, bytes.value()))
            m_payload->setText(*text);
    }
    Q_EMIT changed();
}

Result<QByteArray> RawFrameEdit::payload() const
{
    return payloadBytes(m_isHex ? PayloadType::Hex : PayloadType::Text, m_payload->text());
}

void RawFrameEdit::setPayload(const QByteArray &payload)
{
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n'; };
    const auto text = payloadText(PayloadType::Text, payload);
    // What consists of control characters is easier to read in hex.
    const bool asHex = m_isHex || !text || std::ranges::any_of(*text, isControl);
    m_form->setCurrentIndex(asHex ? 1 : 0);
    m_payload->setText(asHex ? hexText(payload) : *text);
}

void RawFrameEdit::setFrame(const RawFrame &frame)
{
    {
        const QSignalBlocker quiet(this);
        m_fin->setChecked(frame.fin);
        for (int bit = 0; bit < m_rsv.size(); ++bit)
            m_rsv[bit]->setChecked((frame.rsv & (Rsv1 >> bit)) != 0);
        m_opcode->setCurrentIndex(frame.opcode);
        m_masked->setChecked(frame.maskKey.has_value());
        if (frame.maskKey)
            m_key->setText(hexText(QByteArrayView(frame.maskKey->data(), KeySize)));
        m_lengthForm->setCurrentIndex(static_cast<int>(frame.lengthForm));
        m_claims->setChecked(frame.claimedSize.has_value());
        if (frame.claimedSize)
            m_claimed->setText(QString::number(*frame.claimedSize));
        setPayload(frame.payload);
    }
    Q_EMIT changed();
}

Result<RawFrame> RawFrameEdit::frame() const
{
    RawFrame frame;
    frame.fin = m_fin->isChecked();
    for (int bit = 0; bit < m_rsv.size(); ++bit)
        frame.rsv = static_cast<quint8>(frame.rsv | (m_rsv[bit]->isChecked() ? Rsv1 >> bit : 0));
    frame.opcode = static_cast<quint8>(m_opcode->currentIndex());
    frame.lengthForm = static_cast<RawFrame::LengthForm>(m_lengthForm->currentIndex());
    if (m_masked->isChecked()) {
        const auto key = parseHex(m_key->text());
        if (!key || key.value().size() != KeySize)
            return Error{tr("The masking key must be four bytes in hex, such as 37 fa 21 3d.")};
        frame.maskKey.emplace();
        std::copy(key.value().begin(), key.value().end(), frame.maskKey->begin());
    }
    if (m_claims->isChecked()) {
        bool isNumber = false;
        frame.claimedSize = m_claimed->text().trimmed().toULongLong(&isNumber);
        if (!isNumber)
            return Error{tr("The length claimed must be a number from 0 to 18446744073709551615.")};
    }
    const auto bytes = payload();
    if (!bytes)
        return bytes.error();
    frame.payload = bytes.value();
    return frame;
}

} // namespace sockeye
