#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QLabel;

namespace sockeye {

class FactList;

/// How a connection ended: who ended it, what each side said, what was lost, and what repeats over the connections of
/// the capture.
class ClosingPage final : public ScrolledPage
{
    Q_OBJECT

public:
    explicit ClosingPage(QWidget *parent = nullptr);

    void show(const ConnectionRecord &record);
    /// Sentences that hold for several connections of the capture.
    void setPatterns(const QStringList &patterns);

private:
    ConnectionRecord m_record;
    QLabel *m_verdict;
    QLabel *m_text;
    FactList *m_facts;
    QLabel *m_patternsTitle;
    QLabel *m_patterns;
};

} // namespace sockeye
