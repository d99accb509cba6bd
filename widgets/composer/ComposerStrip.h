#pragma once

#include "widgets/composer/Payload.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sockeye {

class SegmentedControl;

/// The strip above the composer's pages: the payload type, whether the options are shown, what would be sent, and Send.
class ComposerStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit ComposerStrip(QWidget *parent = nullptr);

    void setType(PayloadType type);
    [[nodiscard]] bool wantsOptions() const;
    /// Whether there are options to show for the payload type.
    void setOptionsOffered(bool offered);
    /// Whether there is a text in which invisible characters can be marked.
    void setInvisiblesOffered(bool offered);
    /// "9 B · 1 frame", or which rules the payload breaks.
    void setInfo(const QString &text, bool isWarning);
    void setSend(bool enabled, const QString &toolTip);
    [[nodiscard]] QPushButton *sendButton() const { return m_send; }
    /// Shows Send alone.
    void setFolded(bool folded);

Q_SIGNALS:
    void typeChanged(sockeye::PayloadType type);
    void optionsToggled(bool shown);
    void invisiblesToggled(bool shown);
    void sendClicked();

private:
    void updateVisible();
    void addTypes();
    void addInvisibles();

    SegmentedControl *m_types;
    QPushButton *m_invisibles = nullptr;
    QPushButton *m_options = nullptr;
    QLabel *m_info = nullptr;
    QPushButton *m_send = nullptr;
    bool m_isFolded = false;
    bool m_offersOptions = true;
    bool m_offersInvisibles = true;
};

} // namespace sockeye
