#pragma once

#include "formats/DecodeOptions.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace sockeye {

class FormatSet;

/// Rules that say as what messages are read: a list in their order, and below it the one that is chosen.
class FormatRulesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FormatRulesPage(QWidget *parent = nullptr);

    void setRules(const QList<DecodeRule> &rules);
    /// Those that name a format.
    [[nodiscard]] QList<DecodeRule> rules() const;
    /// The formats that there are to choose from.
    void setFormats(const FormatSet &formats);

Q_SIGNALS:
    void changed();

private:
    void build();
    void buildForm();
    void addRule();
    void removeRule();
    void moveRule(int by);
    void showRule();
    void takeRule();
    void fillItem(QTreeWidgetItem *item, const DecodeRule &rule);
    [[nodiscard]] static DecodeRule ruleOf(const QTreeWidgetItem *item);
    void updateButtons();

    QTreeWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_up;
    QPushButton *m_down;
    QWidget *m_form;
    QComboBox *m_about;
    QComboBox *m_direction;
    QLineEdit *m_topic;
    QComboBox *m_format;
    bool m_isShowing = false;
};

} // namespace sockeye
