#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/controls/Banner.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

class QWidget;

namespace sockeye {

class Prompts;
struct SessionStatus;

/// Offers on a tab's banner what can be done about its connection: look at a certificate that was refused and trust it,
/// go on leniently after a broken handshake, connect again what was open at the last start.
class ConnectionHelp final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; dialogs are shown above `tab`.
    ConnectionHelp(Banner &banner, Prompts &prompts, QWidget *tab);

    /// The profile in which trust can be kept too; no name for none.
    void setProfileName(const std::optional<QString> &name) { m_profileName = name; }
    /// Asked for the pinned keys of the connection's options when a certificate is looked at: where these refuse it,
    /// trust in it would not help.
    void setPinnedKeys(std::function<QStringList()> pinnedKeys) { m_pinnedKeys = std::move(pinnedKeys); }
    /// Offers what helps with how the connection ended; takes an offer back once it is open. Called when the state
    /// changes.
    void follow(const SessionStatus &status);
    /// Of a tab of the last start: offers to connect again if it was open then.
    void offerReopening(bool wasOpen);
    /// The same of a tab that had recorded: this connection last, `entries` entries in all.
    void offerReopening(const ConnectionRecord &last, qint64 entries, bool wasOpen);

Q_SIGNALS:
    void connectRequested();
    void lenientRequested();
    /// Emitted when the user trusts the certificate of this fingerprint.
    void trusted(const QString &fingerprint, bool saveToProfile);

private:
    void offerConnecting(Banner::Kind kind, const QString &message);
    void showCertificate(const TlsFacts &tls);

    Banner &m_banner;
    Prompts &m_prompts;
    QWidget *m_tab;
    std::optional<QString> m_profileName;
    std::function<QStringList()> m_pinnedKeys;
};

} // namespace sockeye
