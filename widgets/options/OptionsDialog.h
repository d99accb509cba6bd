#pragma once

#include "endpoint/Endpoint.h"
#include "profiles/NotifyOptions.h"

#include <QDialog>

class QCheckBox;
class QPushButton;
class QTabWidget;

namespace sockeye {

class NotificationsPage;
class OptionsPage;
class Prompts;
class RequestPage;

/// The options of one connection, a page each: the request it opens with, the query of its URL, TLS, proxy and
/// addresses, the protocol, timeouts with keepalive and reconnect, and what the user is told of.
class OptionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What is to be done with the options once they are accepted.
    enum class Then : quint8 { Use, Connect, SaveAsProfile };

    /// Edits a copy; endpoint() has it once accepted. The prompts outlive the dialog.
    OptionsDialog(const Endpoint &endpoint, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] Endpoint endpoint() const;
    /// What the user is told of; nothing before it is set.
    void setNotifyOptions(const NotifyOptions &options);
    [[nodiscard]] NotifyOptions notifyOptions() const;
    /// What a new connection has, which a page is reset to; by default what the program brings along.
    void setFresh(const Endpoint &fresh) { m_fresh = fresh; }
    /// Offers to keep the options in the profile of this name too.
    void offerProfile(const QString &name);
    [[nodiscard]] bool saveToProfile() const;
    [[nodiscard]] Then then() const { return m_then; }
    /// The request head as it will be sent.
    [[nodiscard]] QString previewText() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void addPage(OptionsPage *page, const QString &title);
    void addButtons();
    void acceptAnd(Then then);
    void resetPage();
    void check();
    /// Puts a mark on the tab of each page with something that cannot be used.
    void mark();

    Endpoint m_endpoint;
    Endpoint m_fresh;
    QTabWidget *m_pages;
    RequestPage *m_request;
    NotificationsPage *m_notifications;
    QList<OptionsPage *> m_all;
    QList<bool> m_valid;
    QCheckBox *m_save = nullptr;
    QPushButton *m_ok = nullptr;
    QPushButton *m_connect = nullptr;
    QPushButton *m_saveAs = nullptr;
    Then m_then = Then::Use;
    bool m_isLoading = false;
};

} // namespace sockeye
