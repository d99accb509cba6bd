#pragma once

#include "record/ConnectionRecord.h"
#include "tls/CertificateFacts.h"
#include "widgets/controls/Prompts.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace sockeye {

class CertificateDetails;

/// The peer's certificates, one at a time, and what is wrong with them. Each can be saved as PEM. One that was refused
/// can be trusted where that is offered: itself alone, for one connection alone.
class CertificateDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CertificateDialog(const TlsFacts &facts, QWidget *parent = nullptr);

    /// Asks with these instead of the dialogs of its own; they outlive it.
    void setPrompts(Prompts &prompts) { m_prompts = &prompts; }
    /// Shows this certificate of the chain; 0 is the peer's own.
    void setCurrent(int index);
    /// Whether the peer's own certificate can be trusted from here; not unless asked for.
    void setTrustOffered(bool offered);
    /// Offers to keep the trust in the profile of this name too.
    void offerProfile(const QString &name);
    [[nodiscard]] bool saveToProfile() const;

Q_SIGNALS:
    /// The user trusts the peer's own certificate, the first of the chain: lower-case hex, as TlsOptions has it. The
    /// dialog is accepted.
    void trusted(const QString &sha256);

private:
    void build(const TlsFacts &facts);
    void showCurrent();
    void save();
    void trust();
    [[nodiscard]] int current() const;

    QList<CertificateFacts> m_chain;
    DialogPrompts m_dialogs;
    Prompts *m_prompts = &m_dialogs;
    bool m_trustOffered = false;
    QListWidget *m_list;
    CertificateDetails *m_details;
    QLabel *m_explanation;
    QLabel *m_message;
    QCheckBox *m_keep;
    QPushButton *m_trust = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace sockeye
