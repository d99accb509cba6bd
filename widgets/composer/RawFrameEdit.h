#pragma once

#include "base/Result.h"
#include "wire/RawFrame.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sockeye {

class MessageEdit;

/// Every field of a frame's header, and its payload as text or hex: a frame to send as it is, right or wrong.
class RawFrameEdit final : public QWidget
{
    Q_OBJECT

public:
    explicit RawFrameEdit(QWidget *parent = nullptr);

    /// The frame, or which field does not say anything that could be sent.
    [[nodiscard]] Result<RawFrame> frame() const;
    void setFrame(const RawFrame &frame);
    [[nodiscard]] MessageEdit *payloadEdit() const { return m_payload; }

Q_SIGNALS:
    void changed();

private:
    void buildBits(QVBoxLayout &rows);
    void buildMask(QVBoxLayout &rows);
    void buildLength(QVBoxLayout &rows);
    void buildPayload(QVBoxLayout &rows);
    void randomizeKey();
    void changeForm();
    [[nodiscard]] Result<QByteArray> payload() const;
    void setPayload(const QByteArray &payload);

    QCheckBox *m_fin;
    QList<QCheckBox *> m_rsv;
    QComboBox *m_opcode;
    QCheckBox *m_masked;
    QLineEdit *m_key;
    QPushButton *m_random;
    QComboBox *m_lengthForm;
    QCheckBox *m_claims;
    QLineEdit *m_claimed;
    QComboBox *m_form;
    MessageEdit *m_payload;
    bool m_isHex = false;
};

} // namespace sockeye
