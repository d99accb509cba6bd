#pragma once

#include "formats/FieldColumns.h"

#include <QObject>

#include <functional>

namespace sockeye {

class LogHeader;
class LogHeaderMenu;
class LogView;

/// The fields of messages that are columns of one log, and the named sets of them: adds and removes columns, asks for
/// what is missing, and puts its commands into the menu of the log's header.
class LogFields final : public QObject
{
    Q_OBJECT

public:
    /// Tells the id of the format of the message that is shown; empty if that is not known.
    using CurrentFormat = std::function<QString()>;

    /// The log, which becomes the parent, shows the columns.
    LogFields(LogView *log, CurrentFormat currentFormat);

    /// As the columns stand in the log, with their widths.
    [[nodiscard]] ColumnOptions options() const;
    void setOptions(const ColumnOptions &options);

    /// Shows the field as a column before the preview, and brings it into sight; one that is a column already is shown
    /// again.
    void add(const FieldColumn &field);
    void remove(const QString &path);
    /// Asks for the field.
    void askForField();

    /// Keeps the columns under this name, instead of a set that has it.
    void saveSet(const QString &name, const QString &format);
    void removeSet(const QString &name);
    /// Shows the columns of the set and no other fields.
    void showSet(const QString &name);
    /// Asks for a name.
    void askForSet();

Q_SIGNALS:
    /// Emitted when the options change.
    void changed();
    /// A sentence for the status bar.
    void statusText(const QString &text);

private:
    void addToMenu(LogHeaderMenu *menu, int column);
    void setFields(const QList<FieldColumn> &fields);
    [[nodiscard]] LogHeader &header() const;

    LogView *m_log;
    CurrentFormat m_currentFormat;
    QList<FieldColumnSet> m_sets;
};

} // namespace sockeye
