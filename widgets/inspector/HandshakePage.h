#pragma once

#include "capture/Connection.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace sockeye {

class HeadSection;
class PageStack;

/// How a connection came about: where to and how fast, what the reply was checked for, and both heads byte for byte.
class HandshakePage final : public QWidget
{
    Q_OBJECT

public:
    explicit HandshakePage(QWidget *parent = nullptr);
    ~HandshakePage() override;

    void show(const ConnectionRecord &record);
    void showWords(const QString &text);

private:
    void showFacts();
    void showChecks();
    void addFact(const QString &name, const QString &value);

    ConnectionRecord m_record;
    QGridLayout *m_facts;
    QLabel *m_checksTitle;
    QGridLayout *m_checks;
    HeadSection *m_request;
    HeadSection *m_reply;
    HeadSection *m_body;
    PageStack *m_stack;
};

} // namespace sockeye
