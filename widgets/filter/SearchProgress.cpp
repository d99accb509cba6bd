#include "widgets/filter/SearchProgress.h"

#include "log/LogModel.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/IconButton.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

/// The progress of a search that takes less than this would only flicker.
constexpr auto Patience = std::chrono::milliseconds(300);
constexpr int Steps = 1000;
constexpr int BarWidth = 64;

} // namespace

SearchProgress::SearchProgress(QWidget *parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_stop(new IconButton(QStringLiteral("close"), tr("Stop searching"), this))
    , m_patience(new QTimer(this))
{
    m_bar->setTextVisible(false);
    m_bar->setRange(0, Steps);
    m_bar->setFixedWidth(BarWidth);
    describe(m_bar, tr("Progress of the search"), tr("How much of the log has been searched"));
    m_stop->setToolTip(tr("Stop searching, and keep what was found; Enter begins again"));
    m_stop->setFocusPolicy(Qt::TabFocus);
    m_patience->setSingleShot(true);
    m_patience->setInterval(Patience);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_bar);
    layout->addWidget(m_stop);
    connect(m_patience, &QTimer::timeout, this, [this] {
        m_isLong = true;
        updateProgress();
    });
    connect(m_stop, &IconButton::clicked, this, [this] {
        if (m_model)
            m_model->cancelSearch();
        Q_EMIT stopped();
    });
    hide();
}

void SearchProgress::setLogModel(LogModel *model)
{
    m_model = model;
    m_patience->stop();
    m_isLong = false;
    updateProgress();
}

void SearchProgress::updateProgress()
{
    const bool isSearching = m_model && m_model->isSearching();
    if (!isSearching) {
        m_patience->stop();
        m_isLong = false;
    } else if (!m_isLong && !m_patience->isActive()) {
        m_patience->start();
    }
    if (isSearching && m_model->lastEntry().value() > 0)
        m_bar->setValue(int(m_model->searchedTo().value() * Steps / m_model->lastEntry().value()));
    setVisible(m_isLong);
}

} // namespace sockeye
