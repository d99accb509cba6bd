#pragma once

#include "decode/Decoder.h"

#include <QToolButton>

namespace sockeye {

/// Says as which format a message is read, and lets one choose another: "MQTT", "MessagePack?" for a guess.
class FormatButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit FormatButton(QWidget *parent = nullptr);

    /// What the message shown is read as; null for none.
    void setShown(const Decoder *format, Certainty certainty);
    /// The id of the format that was chosen by hand; empty for what fits the message.
    void setChoice(const QString &id);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void updateText();

    const Decoder *m_shown = nullptr;
    Certainty m_certainty = Certainty::None;
    QString m_choice;
};

} // namespace sockeye
