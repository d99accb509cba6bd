#pragma once

#include <QWidget>

class QComboBox;
class QPushButton;

namespace sockeye {

/// A connection's first row: the URL to connect to, its options, and the one button that connects or disconnects.
class AddressBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

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

    QComboBox *m_url;
    QPushButton *m_options;
    QPushButton *m_connect;
    bool m_active = false;
};

} // namespace sockeye
