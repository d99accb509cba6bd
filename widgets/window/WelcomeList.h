#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace sockeye {

/// A heading over some things to choose from, a line each, in columns. All words are shown to the letter. Hidden while
/// there is nothing.
class WelcomeList final : public QWidget
{
    Q_OBJECT

public:
    struct Line
    {
        /// What chosen() tells.
        QString id;
        QString name;
        /// Dimmed, beside the name and at the right; empty for none.
        QString facts = {};
        QString age = {};
        QString toolTip = {};

        friend bool operator==(const Line &, const Line &) = default;
    };

    /// `heading` is shown in capitals, `name` said.
    WelcomeList(const QString &heading, const QString &name, QWidget *parent = nullptr);

    void setLines(const QList<Line> &lines);

Q_SIGNALS:
    void chosen(const QString &id);

private:
    [[nodiscard]] QWidget *makeLine(const Line &line, int factsWidth, int ageWidth);

    QList<Line> m_lines;
    QVBoxLayout *m_layout;
};

} // namespace sockeye
