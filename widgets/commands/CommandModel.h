#pragma once

#include <QAbstractListModel>

#include <functional>

namespace sockeye {

/// Something that the command palette can do.
struct Command
{
    /// "Open capture", "ticker", "Handshake": words that may come from outside, shown to the letter.
    QString title = {};
    /// Where it belongs: "File", "Profile", "Inspector page".
    QString place = {};
    /// Its keys, as they are shown; empty for none.
    QString keys = {};
    std::function<void()> run = {};
    bool canRun = true;
};

/// The commands that match what was typed, the best first; with nothing typed all of them, in the order given. Those
/// that cannot be run now stand behind the others.
class CommandModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        PlaceRole = Qt::UserRole, ///< Command::place
        KeysRole,                 ///< Command::keys
        PositionsRole             ///< QList<qsizetype>: the characters of the title that match
    };

    explicit CommandModel(QObject *parent = nullptr);

    void setCommands(const QList<Command> &commands);
    /// Shows what matches this: its letters in order in the title, or in place and title.
    void setTyped(const QString &typed);
    [[nodiscard]] QString typed() const { return m_typed; }
    /// How many of the rows can be run: the first ones.
    [[nodiscard]] int runnable() const { return m_runnable; }
    /// The command that a row shows.
    [[nodiscard]] const Command &command(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        qsizetype command = 0;
        int score = 0;
        QList<qsizetype> positions;
    };
    void rank();

    QList<Command> m_commands;
    QString m_typed;
    QList<Row> m_rows;
    int m_runnable = 0;
};

} // namespace sockeye
