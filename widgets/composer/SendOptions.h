#pragma once

#include "base/Result.h"
#include "wire/Outgoing.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockeye {

/// The composer's strip for how a message is sent: as what (text, binary, ping, pong, close with a code), in how many
/// frames (RFC 6455 section 5.4), compressed or not (RFC 7692).
class SendOptions final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : quint8 {
        Message, ///< text or binary, as the payload's form has it
        Text,
        Binary,
        Ping,
        Pong,
        Close ///< the payload is the reason
    };

    explicit SendOptions(QWidget *parent = nullptr);

    [[nodiscard]] Kind kind() const;
    void setKind(Kind kind);
    [[nodiscard]] quint16 closeCode() const;
    /// Whether permessage-deflate was agreed on with the peer; compression can be chosen only then.
    void setDeflate(bool agreed);
    [[nodiscard]] bool deflate() const { return m_deflate; }

    /// Why a payload cannot be sent with these options; `asText` tells which message Kind::Message stands for.
    [[nodiscard]] Result<> check(bool asText, const QByteArray &payload) const;
    /// The same as far as the payload's size alone tells.
    [[nodiscard]] Result<> checkSize(qint64 size) const;
    /// The message for a payload that check() accepts. Not for Kind::Close.
    [[nodiscard]] Outgoing outgoing(bool asText, const QByteArray &payload) const;
    /// "9 B · 1 frame", "ping · 4 B", "12 B · 3 frames · compressed".
    [[nodiscard]] QString summary(qint64 size) const;

Q_SIGNALS:
    void changed();

private:
    enum class Cut : quint8 { OneFrame, BySize, AtOffsets };

    void build();
    void updateControls();
    [[nodiscard]] bool isData() const;
    [[nodiscard]] Cut cut() const;
    [[nodiscard]] bool compresses() const;
    [[nodiscard]] Result<Fragmentation> fragmentation() const;
    [[nodiscard]] QString framesText(qint64 size) const;

    bool m_deflate = false;
    QComboBox *m_kind;
    QSpinBox *m_code;
    QLabel *m_codeName;
    QLabel *m_in;
    QComboBox *m_cut;
    QSpinBox *m_size;
    QLineEdit *m_offsets;
    QCheckBox *m_compress;
};

} // namespace sockeye
