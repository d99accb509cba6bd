#pragma once

#include <QPointer>
#include <QWidget>

class QProgressBar;
class QTimer;

namespace sockeye {

class IconButton;
class LogModel;

/// How far a log's search has come, with a button that stops it. It shows itself only while a search takes long enough.
class SearchProgress final : public QWidget
{
    Q_OBJECT

public:
    explicit SearchProgress(QWidget *parent = nullptr);

    /// Null for none.
    void setLogModel(LogModel *model);
    /// The search may have begun, gone on or ended.
    void updateProgress();

Q_SIGNALS:
    /// The user has stopped the search.
    void stopped();

private:
    QPointer<LogModel> m_model;
    QProgressBar *m_bar = nullptr;
    IconButton *m_stop = nullptr;
    /// Times out when a search has taken long enough to be shown.
    QTimer *m_patience = nullptr;
    bool m_isLong = false;
};

} // namespace sockeye
