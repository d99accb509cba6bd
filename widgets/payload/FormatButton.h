#pragma once

#include "formats/FormatSet.h"

#include <QToolButton>

namespace sockeye {

/// Says as which format a message is read, and lets one choose another: "MQTT", "MessagePack?" for a guess.
class FormatButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit FormatButton(QWidget *parent = nullptr);

    /// Those that there are to choose from; never null.
    void setFormats(const std::shared_ptr<const FormatSet> &formats) { m_formats = formats; }
    /// What the message shown is read as; null for none.
    void setShown(const Decoder *format, Certainty certainty, bool isRule);
    /// The id of the format that was chosen by hand; empty for what fits the message.
    void setChoice(const QString &id);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &id);
    /// The user wants to see all rules, and what else messages are read by.
    void optionsWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void updateText();

    std::shared_ptr<const FormatSet> m_formats = FormatSet::standard();
    /// Empty for none. A name, since a format goes with the set that it is of.
    QString m_shown;
    Certainty m_certainty = Certainty::None;
    bool m_isRule = false;
    QString m_choice;
};

} // namespace sockeye
