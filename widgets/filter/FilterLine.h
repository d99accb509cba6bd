#pragma once

#include "filter/EntryQuery.h"
#include "filter/Filter.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPointer>

#include <functional>

class QTimer;

namespace sockeye {

class FilterMark;
class FilterSuggestions;
class LogModel;

/// The line in which a filter is typed: colours its terms, suggests how it may go on, and parses it soon after the user
/// has stopped typing. A filter that cannot be understood is explained by the mark below the line.
class FilterLine final : public QLineEdit
{
    Q_OBJECT

public:
    /// The mark, too, becomes a child of the parent, which places it below the line.
    explicit FilterLine(QWidget *parent);
    ~FilterLine() override;

    /// The log in whose times "time>-5m" is read; null for none. The line is parsed anew.
    void setLogModel(LogModel *model);
    /// The URLs of the capture's connections, suggested after "conn:"; empty for a number that none has.
    void setConnections(const QStringList &urls);
    /// Replaces the text and parses it at once.
    void setFilter(const QString &text);
    /// Parses the text now.
    void apply();

    /// Why the text cannot be understood; empty if it can.
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] FilterMark *mark() const { return m_mark; }
    [[nodiscard]] FilterSuggestions *suggestions() const { return m_suggestions; }

Q_SIGNALS:
    /// The text has been parsed without an error. May be the same query as before.
    void understood(const sockeye::EntryQuery &query);
    /// The user has finished typing a filter that can be understood.
    void finished(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addClearButton();
    void readTimes(std::function<void()> done);
    void parse();
    void finish();
    void colourTerms();
    void readMessages();

    QPointer<LogModel> m_model;
    QAction *m_clear = nullptr;
    FilterSuggestions *m_suggestions = nullptr;
    FilterMark *m_mark = nullptr;
    /// Runs while the user types.
    QTimer *m_pause = nullptr;
    /// When the capture begins and ends, as far as it is known.
    FilterContext m_context;
    /// Since it was looked what messages have.
    QElapsedTimer m_sinceRead;
};

} // namespace sockeye
