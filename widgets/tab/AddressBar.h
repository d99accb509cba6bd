#pragma once

#include <QWidget>

class QComboBox;
class QPushButton;

namespace sockeye {

class UrlNote;

/// A connection's first row: the URL to connect to, its options, and the one button that connects or disconnects. Under
/// it, while there is something to say about the URL, a note.
class AddressBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

    /// As it was typed, without blanks around it.
    [[nodiscard]] QString url() const;
    /// The URL without its scheme, user and query: "localhost:9001/echo".
    [[nodiscard]] QString shortUrl() const;
    void setUrl(const QString &url);
    void setHistory(const QStringList &urls);
    /// Whether there is a connection to end; the button says so.
    void setActive(bool active);
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

private:
    void press();
    void updateNote();
    void removeInvisible();

    QComboBox *m_url;
    /// Made before the buttons, so that Tab goes from the URL to what can be done about it.
    UrlNote *m_note;
    QPushButton *m_options;
    QPushButton *m_connect;
    bool m_active = false;
    bool m_sendInvisible = false;
};

} // namespace sockeye
