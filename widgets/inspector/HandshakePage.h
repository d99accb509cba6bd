#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace sockeye {

class FactList;
class HeadSection;

/// How a connection came about: where to and how fast, what the reply was checked for, both heads byte for byte with
/// each line explained, and the body of a refusal.
class HandshakePage final : public ScrolledPage
{
    Q_OBJECT

public:
    explicit HandshakePage(QWidget *parent = nullptr);
    ~HandshakePage() override;

    void show(const ConnectionRecord &record);
    /// Whether somebody can connect again where a check of the reply ended the handshake.
    void setLenientOffered(bool offered);

Q_SIGNALS:
    /// Connect again, and go on where a check fails.
    void lenientWanted();

private:
    void showFacts();
    void showChecks();
    void showOffer();
    void addCheck(const HandshakeCheck &check);
    void showAccept();
    void showHeads();

    ConnectionRecord m_record;
    FactList *m_facts;
    QLabel *m_checksTitle;
    QGridLayout *m_checks;
    QPushButton *m_lenient;
    bool m_lenientOffered = false;
    FactList *m_accept;
    HeadSection *m_request;
    HeadSection *m_reply;
    HeadSection *m_body;
};

} // namespace sockeye
