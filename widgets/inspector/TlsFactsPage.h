#pragma once

#include "record/ConnectionRecord.h"
#include "tls/CertificateFacts.h"
#include "widgets/inspector/ScrolledPage.h"

class QLabel;

namespace sockeye {

class FactList;
class Prompts;

/// What TLS agreed on, and the peer's certificates with their expiry, each to be viewed and saved.
class TlsFactsPage final : public ScrolledPage
{
    Q_OBJECT

public:
    explicit TlsFactsPage(QWidget *parent = nullptr);
    ~TlsFactsPage() override;

    /// Asks where to save; outlives the page.
    void setPrompts(Prompts *prompts) { m_prompts = prompts; }
    void show(const ConnectionRecord &record);

Q_SIGNALS:
    /// What was saved or could not be, in a sentence.
    void notice(const QString &text);

private:
    void showErrors();
    void showChain();
    void addCertificate(int index, const CertificateFacts &certificate);
    void view(int index);
    void save(const CertificateFacts &certificate);

    Prompts *m_prompts = nullptr;
    TlsFacts m_tls;
    FactList *m_facts;
    QLabel *m_errors;
    QLabel *m_chainTitle;
    QVBoxLayout *m_chain;
};

} // namespace sockeye
