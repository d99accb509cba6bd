#pragma once

#include "wire/Finding.h"

#include <QFrame>

class QVBoxLayout;

namespace sockeye {

/// Findings as sentences, the weightiest first, each with its rule's source. Hidden when there are none.
class FindingList final : public QFrame
{
    Q_OBJECT

public:
    /// More are counted, not listed.
    static constexpr int MaxShown = 20;

    explicit FindingList(QWidget *parent = nullptr);

    void setFindings(const Findings &findings);

private:
    void addLine(const QString &text, const char *role);

    Findings m_findings;
    QVBoxLayout *m_layout;
};

} // namespace sockeye
