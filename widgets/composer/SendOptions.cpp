#include "widgets/composer/SendOptions.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"
#include "wire/CloseCode.h"
#include "wire/Frame.h"

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

/// A close frame's body is a code of two bytes, then the reason.
constexpr qsizetype MaxReason = MaxControlPayload - 2;
constexpr int MaxFragment = 64 * 1024 * 1024;

/// "10, 20, 300"
Result<QList<qint64>> parseOffsets(const QString &text)
{
    QList<qint64> offsets;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const qint64 offset = part.trimmed().toLongLong(&isNumber);
        if (!isNumber || offset < 1 || (!offsets.isEmpty() && offset <= offsets.last()))
            return Error{SendOptions::tr("Offsets are numbers from 1 on, each larger than the one before it: 10, 20, "
                                         "300.")};
        offsets += offset;
    }
    return offsets;
}

} // namespace

SendOptions::SendOptions(QWidget *parent)
    : QFrame(parent)
    , m_kind(new QComboBox(this))
    , m_code(new QSpinBox(this))
    , m_codeName(new QLabel(this))
    , m_in(new QLabel(tr("in"), this))
    , m_cut(new QComboBox(this))
    , m_size(new QSpinBox(this))
    , m_offsets(new QLineEdit(this))
    , m_compress(new QCheckBox(tr("Compress"), this))
{
    setProperty("strip", u"plain"_s);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("How it is sent"));
    build();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SendOptions::updateControls);
    connect(m_cut, &QComboBox::currentIndexChanged, this, &SendOptions::updateControls);
    connect(m_code, &QSpinBox::valueChanged, this, &SendOptions::updateControls);
    connect(m_size, &QSpinBox::valueChanged, this, &SendOptions::changed);
    connect(m_offsets, &QLineEdit::textChanged, this, &SendOptions::changed);
    connect(m_compress, &QCheckBox::toggled, this, &SendOptions::changed);
    updateControls();
}

void SendOptions::build()
{
    m_kind->addItems({tr("Message"), tr("Text"), tr("Binary"), tr("Ping"), tr("Pong"), tr("Close")});
    describe(m_kind, tr("Send as"),
             tr("What is sent. A message is text or binary as the payload's form has it; a close takes the payload for "
                "its reason"));
    m_code->setRange(0, 65535);
    m_code->setValue(CloseCode::Normal);
    describe(m_code, tr("Close code"), tr("Why the connection is closed (RFC 6455 section 7.4)"));
    m_codeName->setProperty("dim", true);
    m_cut->addItems({tr("one frame"), tr("fragments of"), tr("pieces cut at")});
    describe(m_cut, tr("Cut into frames"), tr("Whether the message is cut into fragments (RFC 6455 section 5.4)"));
    m_size->setRange(1, MaxFragment);
    m_size->setValue(1024);
    m_size->setSuffix(tr(" B"));
    describe(m_size, tr("Bytes in a fragment"), tr("Payload bytes of each frame but the last, as on the wire"));
    m_offsets->setText(u"10, 20"_s);
    m_offsets->setMaximumWidth(160);
    describe(m_offsets, tr("Offsets to cut at"),
             tr("Where to cut, in bytes of the payload as on the wire: 10, 20, 300"));
    m_compress->setChecked(true);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Gap - 2, 4, theme::Gap - 2, 4);
    row->setSpacing(theme::Gap);
    auto *as = new QLabel(tr("Send as"), this);
    as->setBuddy(m_kind);
    m_in->setBuddy(m_cut);
    m_in->setAccessibleName(tr("Cut into frames"));
    m_codeName->setBuddy(m_code);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{as, m_kind, m_code, m_codeName, m_in, m_cut, m_size, m_offsets, m_compress})
        row->addWidget(widget);
    row->addStretch(1);
}

SendOptions::Kind SendOptions::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

void SendOptions::setKind(Kind kind)
{
    m_kind->setCurrentIndex(static_cast<int>(kind));
}

SendOptions::Cut SendOptions::cut() const
{
    return static_cast<Cut>(m_cut->currentIndex());
}

quint16 SendOptions::closeCode() const
{
    return static_cast<quint16>(m_code->value());
}

void SendOptions::setDeflate(bool agreed)
{
    m_deflate = agreed;
    updateControls();
}

bool SendOptions::isData() const
{
    return kind() == Kind::Message || kind() == Kind::Text || kind() == Kind::Binary;
}

bool SendOptions::compresses() const
{
    return m_deflate && m_compress->isChecked();
}

void SendOptions::updateControls()
{
    const bool isClose = kind() == Kind::Close;
    m_code->setVisible(isClose);
    m_codeName->setVisible(isClose);
    m_codeName->setText(closeCodeName(closeCode()));
    m_in->setVisible(isData());
    m_cut->setVisible(isData());
    m_size->setVisible(isData() && cut() == Cut::BySize);
    m_offsets->setVisible(isData() && cut() == Cut::AtOffsets);
    m_compress->setVisible(isData());
    m_compress->setEnabled(m_deflate);
    describe(m_compress, tr("Compress"),
             m_deflate ? tr("Compress the message by permessage-deflate (RFC 7692)")
                       : tr("permessage-deflate has not been agreed on with the peer"));
    Q_EMIT changed();
}

Result<Fragmentation> SendOptions::fragmentation() const
{
    if (cut() == Cut::OneFrame)
        return Fragmentation();
    if (cut() == Cut::BySize)
        return Fragmentation{m_size->value(), {}};
    const auto offsets = parseOffsets(m_offsets->text());
    if (!offsets)
        return offsets.error();
    return Fragmentation{0, offsets.value()};
}

Result<> SendOptions::checkSize(qint64 size) const
{
    switch (kind()) {
    case Kind::Ping:
    case Kind::Pong:
        if (size > MaxControlPayload)
            return Error{tr("A ping or pong holds at most 125 bytes; this has %1.").arg(countText(size))};
        return {};
    case Kind::Close:
        if (!isSendableCloseCode(closeCode()))
            return Error{tr("%1 is no code that may be sent. A raw frame can hold it all the same.").arg(closeCode())};
        if (size > MaxReason)
            return Error{tr("A close frame's reason holds at most 123 bytes; this has %1.").arg(countText(size))};
        return {};
    case Kind::Text:
    case Kind::Binary:
    case Kind::Message:
        break;
    }
    const auto fragments = fragmentation();
    if (!fragments)
        return fragments.error();
    // Before compressing, which nobody does to learn that there are too many.
    const qint64 frames = fragments->frameCount(size);
    if (frames > Fragmentation::MaxFrames)
        return Error{tr("This would be %1 frames; a message has %2 at most. Make the fragments larger.")
                         .arg(countText(frames), countText(Fragmentation::MaxFrames))};
    return {};
}

Result<> SendOptions::check(bool asText, const QByteArray &payload) const
{
    if (const Result<> sized = checkSize(payload.size()); !sized)
        return sized;
    const bool isText = kind() == Kind::Text || (kind() == Kind::Message && asText);
    if (isText && !isValidUtf8(payload))
        return Error{tr("A text message must be valid UTF-8, and this is not. Send it as binary.")};
    if (kind() == Kind::Close && !isValidUtf8(payload))
        return Error{tr("A close frame's reason must be valid UTF-8. A raw frame can hold these bytes.")};
    return {};
}

Outgoing SendOptions::outgoing(bool asText, const QByteArray &payload) const
{
    Outgoing message{asText ? Opcode::Text : Opcode::Binary, payload};
    switch (kind()) {
    case Kind::Text:
        message.opcode = Opcode::Text;
        break;
    case Kind::Binary:
        message.opcode = Opcode::Binary;
        break;
    case Kind::Ping:
        message.opcode = Opcode::Ping;
        break;
    case Kind::Pong:
        message.opcode = Opcode::Pong;
        break;
    case Kind::Message:
    case Kind::Close:
        break;
    }
    if (isData()) {
        if (const auto fragments = fragmentation())
            message.fragmentation = fragments.value();
        message.compress = m_compress->isChecked();
    }
    return message;
}

QString SendOptions::framesText(qint64 size) const
{
    const auto fragments = fragmentation();
    if (!fragments || cut() == Cut::OneFrame)
        return tr("1 frame");
    // How long a compressed message will be nobody knows before.
    if (compresses())
        return tr("fragments");
    const qint64 count = fragments->frameCount(size);
    return count == 1 ? tr("1 frame") : tr("%1 frames").arg(countText(count));
}

QString SendOptions::summary(qint64 size) const
{
    switch (kind()) {
    case Kind::Ping:
        return tr("ping · %1").arg(sizeText(size));
    case Kind::Pong:
        return tr("pong · %1").arg(sizeText(size));
    case Kind::Close:
        return tr("close %1 · reason of %2").arg(QString::number(closeCode()), sizeText(size));
    case Kind::Message:
    case Kind::Text:
    case Kind::Binary:
        break;
    }
    const QString text = u"%1 · %2"_s.arg(sizeText(size), framesText(size));
    return compresses() ? tr("%1 · compressed").arg(text) : text;
}

} // namespace sockeye
