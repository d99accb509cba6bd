#pragma once

#include <QWidget>

class QLineEdit;

namespace sockeye {

class Prompts;
struct FileRequest;

/// A line for the path of a file or a folder with a button to choose it.
class PathField final : public QWidget
{
    Q_OBJECT

public:
    enum class Mode : quint8 { Open, Save, Folder };

    /// The prompts outlive the field.
    PathField(Mode mode, const QString &name, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString &path);
    /// Whether the path is as it was chosen in the file dialog, which asks before it lets a file be replaced.
    [[nodiscard]] bool isChosen() const { return !m_chosen.isEmpty() && path() == m_chosen; }
    void setPlaceholder(const QString &text);
    /// What the file dialog says and offers.
    void setRequest(const QString &title, const QString &filter, const QString &suffix);

Q_SIGNALS:
    void pathChanged();
    /// Emitted when the path was chosen, or typed to its end: by Return, or by leaving the line.
    void editingFinished();

private:
    void browse();

    Mode m_mode;
    Prompts &m_prompts;
    QLineEdit *m_edit;
    QString m_chosen;
    QString m_title;
    QString m_filter;
    QString m_suffix;
};

} // namespace sockeye
