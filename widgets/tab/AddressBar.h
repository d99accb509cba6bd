#pragma once

#include <QWidget>

class QComboBox;
class QPushButton;

namespace sockeye {

class FormerUrl;
class UrlNote;

/// A connection's first row: the URL to connect to, its options, and the one button that connects or disconnects. A URL
/// that is edited while connected is pending: it stands in italics beside a button that reconnects, until it is
/// connected to, or Escape brings the live one back. Under the row, while there is something to say about the URL, a
/// note, and the way back to the connection that another one took the place of.
class AddressBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

    /// As it was typed, without blanks around it.
    [[nodiscard]] QString url() const;
    void setUrl(const QString &url);
    void setHistory(const QStringList &urls);
    /// Whether there is a connection to end; the button says so.
    void setActive(bool active);
    /// What is connected to, as it was typed; empty for nothing.
    void setLiveUrl(const QString &url);
    /// Whether another URL stands here than the one that is connected to.
    [[nodiscard]] bool isPending() const { return m_isPending; }
    /// Offers to go back to this URL, which was connected to before; empty for no offer.
    void offerBack(const QString &formerUrl, const QString &note);
    /// Of a capture opened from a file: its URL can be read and connected to anew, not changed.
    void setReadOnly(bool readOnly);
    void setInvalid(bool invalid);
    /// Endpoint::sendInvisible: whether the note minds invisible characters.
    void setSendInvisible(bool send);
    void focusUrl();
    [[nodiscard]] bool urlHasFocus() const;
    /// To the clipboard.
    void copyUrl() const;

Q_SIGNALS:
    void urlEdited();
    void connectRequested();
    void disconnectRequested();
    void optionsRequested();
    void backRequested(const QString &url);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void press();
    void updatePending();
    void restoreLive();
    void updateNote();
    void removeInvisible();

    QComboBox *m_url;
    /// Made before the buttons, so that Tab goes from the URL to what can be done about it.
    UrlNote *m_note;
    FormerUrl *m_former;
    QPushButton *m_reconnect;
    QPushButton *m_options;
    QPushButton *m_connect;
    QString m_liveUrl;
    bool m_active = false;
    bool m_isPending = false;
    bool m_sendInvisible = false;
};

} // namespace sockeye
