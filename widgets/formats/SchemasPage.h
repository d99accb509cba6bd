#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace sockeye {

class Prompts;

/// Folders and files that say what messages of Protocol Buffers look like.
class SchemasPage final : public QWidget
{
    Q_OBJECT

public:
    /// The prompts outlive the page.
    explicit SchemasPage(Prompts &prompts, QWidget *parent = nullptr);

    void setPaths(const QStringList &paths);
    [[nodiscard]] QStringList paths() const;
    /// How many message types they have, as far as they were read.
    void setTypeCount(qsizetype count);

Q_SIGNALS:
    void changed();

private:
    void add(const QString &path);
    void addFolder();
    void addFile();
    void removeCurrent();
    void updateButtons();

    Prompts &m_prompts;
    QListWidget *m_list;
    QLabel *m_count;
    QPushButton *m_addFolder;
    QPushButton *m_addFile;
    QPushButton *m_remove;
};

} // namespace sockeye
