#pragma once

#include "record/ConnectionRecord.h"

#include <QWidget>

class QVBoxLayout;

namespace sockeye {

/// The step before the handshake where there was one: what an HTTP proxy was asked, and what it answered, byte for
/// byte. Hidden where there was none.
class ProxySection final : public QWidget
{
    Q_OBJECT

public:
    explicit ProxySection(QWidget *parent = nullptr);

    void setSteps(const QList<ProxyStep> &steps);

private:
    void addStep(const ProxyStep &step, const QString &number);
    void addBytes(const QString &title, const QByteArray &bytes);

    QList<ProxyStep> m_steps;
    QVBoxLayout *m_layout;
};

} // namespace sockeye
