#pragma once

#include "reading/CaptureLoader.h"
#include "filter/Filter.h"
#include "log/LogModel.h"
#include "tests/log/SampleLog.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QTest>
#include <QWheelEvent>

#include <ctime>

namespace sockeye::test {

/// A log of 200 entries (one of every kind, then many) in a view of its own, which shows the end.
class LogBench final
{
public:
    LogBench()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        log.addEveryKind();
        log.addMany(185);
        loader = std::make_unique<CaptureLoader>(log.path());
        model = std::make_unique<LogModel>(*loader);
        view = std::make_unique<LogView>();
        view->setLogModel(model.get());
        view->resize(900, 400);
        view->show();
        view->setFocus();
    }

    /// Whether the window has come up and the end is shown.
    [[nodiscard]] bool start() const
    {
        return QTest::qWaitForWindowExposed(view.get()) &&
               QTest::qWaitFor([this] { return model->rowCount() == 200 && showsLastRow(); }, 20'000);
    }

    /// Where this column of LogModel stands among those that are shown.
    [[nodiscard]] int place(int column) const { return int(view->columnHeader()->shownColumns().indexOf(column)); }

    [[nodiscard]] QPoint middleOf(int row) const
    {
        return {300, view->visualRect(model->index(row, LogModel::EntryColumn)).center().y()};
    }

    [[nodiscard]] bool showsLastRow() const
    {
        return view->geometryOfRows().rows() > 0 && view->geometryOfRows().isAtEnd();
    }

    [[nodiscard]] QList<int> selectedRows() const
    {
        QList<int> rows;
        for (const QModelIndex &index : view->selectionModel()->selectedRows())
            rows.append(index.row());
        std::sort(rows.begin(), rows.end());
        return rows;
    }

    void wheel(int notches, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QWidget *target = view->viewport();
        const QPointF at = target->rect().center();
        QWheelEvent event(at, target->mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(target, &event);
    }

    void click(int row, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, middleOf(row));
    }

    void grow(int count) { model->advanceTo(log.addMany(count)); }
    void filter(const QString &text) const { model->setFilter(std::get<EntryQuery>(parseFilter(text))); }

    SampleLog log;
    std::unique_ptr<CaptureLoader> loader;
    std::unique_ptr<LogModel> model;
    std::unique_ptr<LogView> view;
};

/// How long the program has computed: how busy the machine is beside it makes no difference.
class CpuTimer final
{
public:
    [[nodiscard]] qint64 milliseconds() const { return qint64(std::clock() - m_start) * 1000 / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

/// Counts the paintings of a widget.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int count = 0;
};

} // namespace sockeye::test
