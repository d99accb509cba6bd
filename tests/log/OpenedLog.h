#pragma once

#include "reading/CaptureLoader.h"
#include "filter/Filter.h"
#include "log/LogModel.h"
#include "log/SampleLog.h"

#include <QAbstractItemModelTester>

namespace sockeye {

inline EntryQuery query(const QString &text)
{
    return std::get<EntryQuery>(parseFilter(text));
}

/// A model over a capture, watched by the model tester.
struct OpenedLog
{
    explicit OpenedLog(const QString &path)
        : loader(path)
        , model(loader)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
    }

    [[nodiscard]] QVariant data(int row, int column, int role) const
    {
        return model.data(model.index(row, column), role);
    }
    [[nodiscard]] QString text(int row, int column) const { return data(row, column, Qt::DisplayRole).toString(); }
    [[nodiscard]] bool isLoaded(int row) const { return data(row, 0, LogModel::LoadedRole).toBool(); }
    [[nodiscard]] QList<qint64> shown() const
    {
        QList<qint64> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.entryAt(Row(row)).value());
        return ids;
    }
    /// The rows that are marked, by their entries.
    [[nodiscard]] QList<qint64> marked() const
    {
        QList<qint64> ids;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (data(row, 0, LogModel::MatchedRole).toBool())
                ids.append(model.entryAt(Row(row)).value());
        }
        return ids;
    }

    CaptureLoader loader;
    LogModel model;
    QAbstractItemModelTester tester;
};

} // namespace sockeye
